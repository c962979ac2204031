/** Runs one job: under its lock, within its time, written down. */
@NullMarked
package dev.chandlery.scheduler.run;

import org.jspecify.annotations.NullMarked;
