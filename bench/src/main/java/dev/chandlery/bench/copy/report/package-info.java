/** Figures of copies: medians, ratios, goals. */
@NullMarked
package dev.chandlery.bench.copy.report;

import org.jspecify.annotations.NullMarked;
