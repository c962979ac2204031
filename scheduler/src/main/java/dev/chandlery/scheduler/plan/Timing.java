package dev.chandlery.scheduler.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a job runs. */
public sealed interface Timing {

    /**
     * At times of the calendar.
     *
     * @param times of an expression in a time zone
     */
    record Calendar(CronTimes times) implements Timing {
        @Override
        public Optional<Instant> next(Instant now, Optional<Instant> last) {
            return times.next(now);
        }

        @Override
        public String toString() {
            return times.toString();
        }
    }

    /**
     * Again and again.
     *
     * @param period between two starts
     */
    record Every(Duration period) implements Timing {
        @Override
        public Optional<Instant> next(Instant now, Optional<Instant> last) {
            return Optional.of(last.map(at -> at.plus(period))
                    .filter(at -> at.isAfter(now))
                    .orElse(
                            now));
        }

        @Override
        public String toString() {
            long seconds = period.toSeconds();
            if (seconds % 86_400 == 0) {
                return "every " + seconds / 86_400 + "d";
            }
            if (seconds % 3600 == 0) {
                return "every " + seconds / 3600 + "h";
            }
            return "every " + (seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s");
        }
    }

    /**
     * The next time; empty when there is none for ever.
     *
     * @param now after which
     * @param last time that it was started
     */
    Optional<Instant> next(Instant now, Optional<Instant> last);
}
