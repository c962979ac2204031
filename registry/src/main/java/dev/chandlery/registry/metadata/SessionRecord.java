package dev.chandlery.registry.metadata;

import dev.chandlery.oci.RepositoryName;
import java.time.Instant;
import java.util.Objects;

/**
 * An upload session; how many bytes it has is told by storage.
 *
 * @param id unguessable
 * @param repository that it was opened for
 * @param opener name of who opened it; nobody else may use it
 * @param touched when a request last changed it
 */
public record SessionRecord(String id, RepositoryName repository, String opener, Instant touched) {

    public SessionRecord {
        Objects.requireNonNull(id);
        Objects.requireNonNull(repository);
        Objects.requireNonNull(opener);
        Objects.requireNonNull(touched);
    }
}
