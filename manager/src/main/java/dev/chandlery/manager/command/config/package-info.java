/** {@code manager config}: registry.yaml checked, shown and described. */
@NullMarked
package dev.chandlery.manager.command.config;

import org.jspecify.annotations.NullMarked;
