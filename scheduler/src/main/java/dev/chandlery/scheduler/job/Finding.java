package dev.chandlery.scheduler.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that is wrong.
 *
 * @param kind of it
 * @param subject what it is about, the same as long as it stays wrong
 * @param text for people, in a line or a few, without secrets
 */
public record Finding(Kind kind, String subject, String text) {

    /** What can be wrong. */
    public enum Kind {
        /** A job does not do what it should. */
        JOB,
        /** A registry is not well. */
        REGISTRY,
        /** Upstream changed what was accepted. */
        DRIFT,
        /** What is published does not agree with its evidence. */
        VERIFICATION;

        /** In lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Kind> find(String label) {
            return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
        }
    }

    public Finding {
        Objects.requireNonNull(kind);
    }
}
