/** A network that is farther away than it is. */
@NullMarked
package dev.chandlery.bench.copy.delay;

import org.jspecify.annotations.NullMarked;
