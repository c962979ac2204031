/**
 * The program {@code scheduler}: its commands, what they print, and how the parts of a node are wired.
 *
 * <p>Entry point: {@code SchedulerCommand}. What a job does is in {@code work}, when it runs in {@code quartz}.
 */
@NullMarked
package dev.chandlery.scheduler.command;

import org.jspecify.annotations.NullMarked;
