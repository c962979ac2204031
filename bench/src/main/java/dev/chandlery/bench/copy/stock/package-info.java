/** What a source registry is filled with: the same bytes in every run. */
@NullMarked
package dev.chandlery.bench.copy.stock;

import org.jspecify.annotations.NullMarked;
