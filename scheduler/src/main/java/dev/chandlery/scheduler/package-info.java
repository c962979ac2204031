/**
 * The jobs of publisher and manager on a clock, on one node or many, with their history and alerts.
 * Jobs are values of {@code job}; {@code plan} says when they run, {@code quartz} makes them run,
 * {@code run} runs one under a lock and writes it down, {@code history} keeps that, {@code alert} tells
 * people. Entry: the program {@code scheduler}.
 */
@NullMarked
package dev.chandlery.scheduler;

import org.jspecify.annotations.NullMarked;
