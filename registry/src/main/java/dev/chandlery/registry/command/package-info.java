/**
 * The {@code registry} program.
 */
@NullMarked
package dev.chandlery.registry.command;

import org.jspecify.annotations.NullMarked;
