package dev.chandlery.registry.sql;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.NodeKey;
import dev.chandlery.oci.RepositoryName;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** One manifest's rows of the table {@code manifest_reference}, inside a transaction of the caller. */
record ReferenceRows(Handle handle, RepositoryName repository, Digest manifest) {

    /** Adds what is not there yet. */
    void add(List<NodeKey> named) {
        if (named.isEmpty()) {
            return;
        }
        PreparedBatch rows = handle.prepareBatch(
                "INSERT INTO manifest_reference (repository, manifest, kind, digest)"
                        + " VALUES (:repository, :manifest, :kind, :digest)"
                        + " ON CONFLICT (repository, manifest, kind, digest) DO NOTHING");
        for (NodeKey key : named) {
            rows.bind("repository", repository.value())
                    .bind("manifest", manifest.toString())
                    .bind("kind", key.kind().name())
                    .bind("digest", key.digest().toString())
                    .add();
        }
        rows.execute();
    }
}
