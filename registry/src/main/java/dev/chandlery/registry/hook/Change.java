package dev.chandlery.registry.hook;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.RepositoryName;
import java.util.Optional;

/**
 * What somebody wants to change.
 *
 * @param operation what kind of change
 * @param repository where
 * @param target digest, or tag where one is moved or taken away
 * @param size in bytes of what is pushed or mounted; 0 for what is taken away
 * @param manifest whole manifest that is pushed; empty for everything else
 * @param actor who
 */
public record Change(Operation operation, RepositoryName repository, String target, long size,
        Optional<Bytes> manifest, Actor actor) {

    /** Kinds of changes. */
    public enum Operation {
        PUSH_BLOB, MOUNT_BLOB, DELETE_BLOB, PUSH_MANIFEST, DELETE_MANIFEST
    }

    /**
     * Who changes something.
     *
     * @param name of the user, {@code token:} and a token's name, or {@code anonymous}
     * @param address numeric, that the request came from
     */
    public record Actor(String name, String address) {}
}
