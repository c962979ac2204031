/** Programs that copy, each with its best settings. */
@NullMarked
package dev.chandlery.bench.copy.client;

import org.jspecify.annotations.NullMarked;
