/**
 * Turns package definitions of the aqua registry into entries of registry.yaml. What cannot be carried over
 * is said with file and line; nothing is guessed. Entry type: {@link dev.chandlery.publisher.aqua.AquaImporter}.
 */
@NullMarked
package dev.chandlery.publisher.aqua;

import org.jspecify.annotations.NullMarked;
