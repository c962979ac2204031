/** One run of publishing from a session to a report, for commands and for the scheduler alike. */
@NullMarked
package dev.chandlery.publisher.run;

import org.jspecify.annotations.NullMarked;
