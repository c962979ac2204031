package dev.chandlery.scheduler.history;

import dev.chandlery.scheduler.job.Finding;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that is, or was, wrong for a time.
 *
 * @param id of it
 * @param finding what
 * @param opened when it was seen first
 * @param seen when it was seen last
 * @param resolved when it was well again; empty while it is not
 */
public record Incident(long id, Finding finding, Instant opened, Instant seen,
        Optional<Instant> resolved) {

    public boolean isOpen() {
        return resolved.isEmpty();
    }
}
