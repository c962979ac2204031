package dev.chandlery.scheduler.job;

import dev.chandlery.config.operation.JobKind;
import java.util.Comparator;
import java.util.Optional;

/**
 * A job: a kind, and for some kinds which of several, as in {@code mirror:closed}.
 *
 * @param kind what it does
 * @param part which one; empty for all, or for kinds that have only one
 */
public record JobName(JobKind kind, Optional<String> part) implements Comparable<JobName> {
    private static final Comparator<JobName> ORDER = Comparator.comparing(JobName::kind)
            .thenComparing(name -> name.part().orElse(""));

    public static JobName of(JobKind kind) {
        return new JobName(kind, Optional.empty());
    }

    /**
     * As written by {@link #toString}.
     *
     * @throws IllegalArgumentException when there is no such kind
     */
    public static JobName parse(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        return new JobName(JobKind.find(kind)
                .orElseThrow(() -> new IllegalArgumentException("no such job: " + text)), colon < 0
                        ? Optional.empty()
                        : Optional.of(text.substring(colon + 1)));
    }

    @Override
    public int compareTo(JobName other) {
        return ORDER.compare(this, other);
    }

    /** {@code cache-cleanup} or {@code mirror:closed}. */
    @Override
    public String toString() {
        return kind.label() + part.map(which -> ":" + which).orElse("");
    }
}
