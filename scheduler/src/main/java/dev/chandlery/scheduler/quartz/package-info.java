/** Jobs on Quartz's clock, in memory or in PostgreSQL. */
@NullMarked
package dev.chandlery.scheduler.quartz;

import org.jspecify.annotations.NullMarked;
