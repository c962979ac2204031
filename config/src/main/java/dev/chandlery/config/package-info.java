/**
 * Registry.yaml as an immutable, fully checked tree.
 *
 * <p>Entry point: {@link dev.chandlery.config.ConfigLoader}. Records named {@code XSpec} are nodes of the
 * file with every default filled in. Failures are {@link dev.chandlery.config.ConfigException}, which
 * holds all problems of the file at once.
 */
@NullMarked
package dev.chandlery.config;

import org.jspecify.annotations.NullMarked;
