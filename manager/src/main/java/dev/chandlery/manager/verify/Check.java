package dev.chandlery.manager.verify;

import java.util.Locale;
import java.util.Optional;

/**
 * One thing that was looked at.
 *
 * @param name of the check, such as {@code bytes}
 * @param status how it ended
 * @param detail what was found; of failed checks empty
 * @param problem of failed checks
 */
record Check(String name, Status status, String detail, Optional<Problem> problem) {

    /** How a check ended. */
    enum Status {
        OK,
        /** There was nothing to check, and nothing asked for it. */
        NONE,
        FAILED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
