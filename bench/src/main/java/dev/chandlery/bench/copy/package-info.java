/** Copies between registries, measured side by side. */
@NullMarked
package dev.chandlery.bench.copy;

import org.jspecify.annotations.NullMarked;
