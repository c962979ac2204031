/** What the scheduler tells collectors of metrics, when it was asked to. */
@NullMarked
package dev.chandlery.scheduler.measure;

import org.jspecify.annotations.NullMarked;
