/** That a job never runs twice at once, on one machine or many. */
@NullMarked
package dev.chandlery.scheduler.lock;

import org.jspecify.annotations.NullMarked;
