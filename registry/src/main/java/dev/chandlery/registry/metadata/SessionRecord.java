package dev.chandlery.registry.metadata;

import dev.chandlery.oci.RepositoryName;
import java.time.Instant;

/**
 * An upload session; how many bytes it has is the staged file's size, told by storage.
 *
 * @param id unguessable
 * @param repository that it was opened for
 * @param touched when a request last changed it
 */
public record SessionRecord(String id, RepositoryName repository, Instant touched) {}
