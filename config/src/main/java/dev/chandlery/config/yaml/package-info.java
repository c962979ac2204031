/**
 * A table of keys that reads, shows and describes a YAML file; for {@code dev.chandlery.config} alone.
 *
 * <p>A {@link dev.chandlery.config.yaml.Section} lists its keys once. Reading a file, printing effective
 * values and writing a JSON Schema all walk that list, so that they cannot drift apart. Scalars are read
 * from their text as written, never by YAML 1.1's rules, which turn {@code no} into false and
 * {@code 1.10} into 1.1.
 */
@NullMarked
package dev.chandlery.config.yaml;

import org.jspecify.annotations.NullMarked;
