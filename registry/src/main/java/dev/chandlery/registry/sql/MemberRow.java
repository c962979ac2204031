package dev.chandlery.registry.sql;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.NodeKey;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.metadata.Recorded;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** A row of the table {@code membership}, written inside a transaction of the caller. */
record MemberRow(RepositoryName repository, Digest digest, String kind, long size) {

    /** Adds the row and its repository, unless they are there; the first record stays. */
    boolean insert(Handle handle, Recorded recorded) {
        insertRepository(handle, repository, recorded);
        return handle.createUpdate("INSERT INTO membership"
                + " (repository, digest, kind, size, recorded_at, recorded_by, touched_at)"
                + " VALUES (:repository, :digest, :kind, :size, :at, :by, :at)"
                + " ON CONFLICT (repository, kind, digest) DO UPDATE"
                + " SET touched_at = excluded.touched_at")
                .bind("repository", repository.value())
                .bind("digest", digest.toString())
                .bind("kind", kind)
                .bind("size", size)
                .bind("at", recorded.at().toEpochMilli())
                .bind("by", recorded.by())
                .execute() > 0;
    }

    /** Adds the repository, unless it is there. */
    static void insertRepository(Handle handle, RepositoryName repository, Recorded recorded) {
        handle.createUpdate("INSERT INTO repository (name, recorded_at) VALUES (:name, :at)"
                + " ON CONFLICT (name) DO NOTHING")
                .bind("name", repository.value())
                .bind("at", recorded.at().toEpochMilli())
                .execute();
    }

    /** Size in bytes of that content as a member of the repository, empty when it is none. */
    static OptionalLong findSize(Handle handle, RepositoryName repository, NodeKey key) {
        return Rows.first(handle, "SELECT size FROM membership"
                + " WHERE repository = ? AND kind = ? AND digest = ?", row -> row.getLong(1),
                repository.value(), key.kind().name(), key.digest().toString())
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /** Whether the content is a member of any repository. */
    static boolean isUsed(Handle handle, Digest digest) {
        return handle.createQuery("SELECT 1 FROM membership WHERE digest = :digest LIMIT 1")
                .bind("digest", digest.toString())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** Takes the row away; whether it was there. */
    boolean delete(Handle handle) {
        return handle.createUpdate("DELETE FROM membership"
                + " WHERE repository = :repository AND kind = :kind AND digest = :digest")
                .bind("repository", repository.value())
                .bind("kind", kind)
                .bind("digest", digest.toString())
                .execute() > 0;
    }
}
