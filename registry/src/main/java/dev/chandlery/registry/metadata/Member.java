package dev.chandlery.registry.metadata;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.NodeKey;
import dev.chandlery.oci.RepositoryName;
import java.util.Objects;

/**
 * Content as a member of a repository.
 *
 * @param repository that has it
 * @param key what it is
 * @param size in bytes, as recorded
 */
public record Member(RepositoryName repository, NodeKey key, long size) {

    public Member {
        Objects.requireNonNull(repository);
        Objects.requireNonNull(key);
    }

    public Digest digest() {
        return key.digest();
    }
}
