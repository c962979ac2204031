/**
 * The registry inside another program: one server per storage folder on a machine, found by
 * {@code ServiceLoader}, with takeover when its owner ends.
 */
@NullMarked
package dev.chandlery.registry.embedded;

import org.jspecify.annotations.NullMarked;
