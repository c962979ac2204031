package dev.chandlery.scheduler.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a run ended, or that it has not. */
public enum Result {
    /** It goes on. */
    RUNNING,
    /** It did what was to do. */
    DONE,
    /** There was nothing to do. */
    NOTHING_TO_DO,
    /** Some of it was done, some failed. */
    PARTLY,
    /** Nothing of it could be done. */
    FAILED,
    /** It took longer than it may and was interrupted. */
    TIMED_OUT,
    /** The scheduler was stopped; the next run goes on where this one was. */
    STOPPED,
    /** Its process ended without a word; another run took over, or is going to. */
    LOST,
    /** It was not begun, as the job was running elsewhere. */
    SKIPPED;

    /** As results show it: {@code nothing-to-do}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Result> find(String text) {
        String label = text.toLowerCase(Locale.ROOT).replace('_', '-');
        return Arrays.stream(values()).filter(result -> result.label().equals(label)).findFirst();
    }

    /** Whether somebody should look at it. */
    public boolean isFailure() {
        return switch (this) {
            case PARTLY, FAILED, TIMED_OUT -> true;
            case RUNNING, DONE, NOTHING_TO_DO, STOPPED, LOST, SKIPPED -> false;
        };
    }

    /** Whether it says how the job is, as runs that were cut short do not. */
    public boolean isConclusive() {
        return switch (this) {
            case DONE, NOTHING_TO_DO, PARTLY, FAILED, TIMED_OUT -> true;
            case RUNNING, STOPPED, LOST, SKIPPED -> false;
        };
    }
}
