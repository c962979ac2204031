package dev.chandlery.registry.sql;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.metadata.BlobMembers;
import dev.chandlery.registry.metadata.Recorded;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Blob rows of the table {@code membership}. */
record SqlBlobMembers(SqlDatabase database) implements BlobMembers {

    @Override
    public OptionalLong find(RepositoryName repository, Digest digest) {
        String sql = "SELECT size FROM membership"
                + " WHERE repository = :repository AND kind = 'BLOB' AND digest = :digest";
        Optional<Long> size = database.read(h -> h.createQuery(sql)
                .bind("repository", repository.value())
                .bind("digest", digest.toString())
                .mapTo(Long.class)
                .findOne());
        return size.isPresent() ? OptionalLong.of(size.get()) : OptionalLong.empty();
    }

    @Override
    public void record(RepositoryName repository, Digest digest, long size, Recorded recorded) {
        database.write(h -> new MemberRow(repository, digest, "BLOB", size).insert(h, recorded));
    }

    @Override
    public boolean remove(RepositoryName repository, Digest digest) {
        return database.write(h -> new MemberRow(repository, digest, "BLOB", 0).delete(h));
    }

    @Override
    public List<RepositoryName> holders(Digest digest, int limit) {
        String sql = "SELECT repository FROM membership WHERE digest = :digest AND kind = 'BLOB'"
                + " ORDER BY repository LIMIT :limit";
        return database.read(h -> h.createQuery(sql)
                .bind("digest", digest.toString())
                .bind("limit", limit)
                .mapTo(String.class)
                .list()).stream().map(RepositoryName::new).toList();
    }
}
