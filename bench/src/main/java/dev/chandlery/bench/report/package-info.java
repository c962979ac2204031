/** Figures: their medians, the machine they are of, the goals they are held against. */
@NullMarked
package dev.chandlery.bench.report;

import org.jspecify.annotations.NullMarked;
