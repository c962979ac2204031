/** Tells people what broke, and that it is well again. */
@NullMarked
package dev.chandlery.scheduler.alert;

import org.jspecify.annotations.NullMarked;
