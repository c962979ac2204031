/** Registry.yaml as a checked tree. */
@NullMarked
package dev.chandlery.config;

import org.jspecify.annotations.NullMarked;
