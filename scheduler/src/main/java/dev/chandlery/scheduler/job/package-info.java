/** What a job is, and what one run of it tells. */
@NullMarked
package dev.chandlery.scheduler.job;

import org.jspecify.annotations.NullMarked;
