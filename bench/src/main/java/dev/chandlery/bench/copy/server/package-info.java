/** Registries that are copied from and to, which count what they are asked. */
@NullMarked
package dev.chandlery.bench.copy.server;

import org.jspecify.annotations.NullMarked;
