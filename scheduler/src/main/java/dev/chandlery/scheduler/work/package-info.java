/** The jobs themselves: what publisher and manager do, without a command line. */
@NullMarked
package dev.chandlery.scheduler.work;

import org.jspecify.annotations.NullMarked;
