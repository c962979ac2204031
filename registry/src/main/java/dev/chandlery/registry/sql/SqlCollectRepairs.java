package dev.chandlery.registry.sql;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.registry.metadata.ManifestPush;
import dev.chandlery.registry.metadata.Member;
import dev.chandlery.registry.metadata.Presence;
import dev.chandlery.registry.metadata.Recorded;
import dev.chandlery.registry.metadata.RepairRecords;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;

/** Repairs in all tables. */
record SqlCollectRepairs(SqlDatabase database) implements RepairRecords {
    private static final String OF_REPOSITORY = " WHERE repository = :repository"
            + " AND digest = :digest";
    private static final String RECORD = "SELECT COUNT(*) FROM manifest" + OF_REPOSITORY;
    private static final String MEMBER = "SELECT COUNT(*) FROM membership" + OF_REPOSITORY
            + " AND kind = 'MANIFEST'";

    @Override
    public boolean rewrite(RepositoryName repository, ManifestPush manifest, Recorded recorded,
            Presence presence) {
        Digest digest = manifest.manifest().digest();
        return database.record(digest, presence, h -> {
            database.dialect().lockRepository(h, repository);
            if (count(h, RECORD, repository, digest) + count(h, MEMBER, repository, digest)
                    + count(h, "SELECT COUNT(*) FROM tag" + OF_REPOSITORY, repository,
                            digest) == 0) {
                return false;
            }
            execute(h, "DELETE FROM manifest_reference"
                    + " WHERE repository = :repository AND manifest = :digest", repository, digest);
            return new ManifestTransaction(h, repository, recorded).rewrite(manifest);
        });
    }

    @Override
    public boolean add(Member member, Digest namer, Recorded recorded, Presence presence) {
        return database.record(member.digest(), presence, h -> {
            database.dialect().lockRepository(h, member.repository());
            boolean needed = count(h, RECORD, member.repository(), namer) > 0;
            return needed && new MemberRow(member.repository(), member.digest(), member.key()
                    .kind()
                    .name(), member.size()).insert(h, recorded);
        });
    }

    @Override
    public boolean endUnnamed(Member blob, BooleanSupplier isMissing) {
        return database.exclusive(blob.digest(), h -> isMissing.getAsBoolean() && execute(h,
                "DELETE FROM membership" + OF_REPOSITORY + " AND kind = 'BLOB' AND"
                        + SqlCollectBlobs.UNNAMED, blob.repository(), blob.digest()) > 0);
    }

    @Override
    public boolean endUnrecorded(RepositoryName repository, Digest manifest) {
        return database.write(h -> {
            database.dialect().lockRepository(h, repository);
            return count(h, RECORD, repository, manifest) == 0 && execute(h,
                    "DELETE FROM membership" + OF_REPOSITORY + " AND kind = 'MANIFEST'", repository,
                    manifest) > 0;
        });
    }

    @Override
    public List<Tag> removeDangling(RepositoryName repository, Digest digest) {
        return database.write(h -> {
            database.dialect().lockRepository(h, repository);
            if (count(h, RECORD, repository, digest) > 0) {
                return List.of();
            }
            List<Tag> tags = h.createQuery("SELECT name FROM tag" + OF_REPOSITORY
                    + " ORDER BY name")
                    .bind("repository", repository.value())
                    .bind("digest", digest.toString())
                    .mapTo(String.class)
                    .map(Tag::new)
                    .list();
            execute(h, "DELETE FROM tag" + OF_REPOSITORY, repository, digest);
            return tags;
        });
    }

    private static int count(Handle handle, String sql, RepositoryName repository, Digest digest) {
        return handle.createQuery(sql)
                .bind("repository", repository.value())
                .bind("digest", digest.toString())
                .mapTo(Integer.class)
                .one();
    }

    private static int execute(Handle handle, String sql, RepositoryName repository,
            Digest digest) {
        return handle.createUpdate(sql)
                .bind("repository", repository.value())
                .bind("digest", digest.toString())
                .execute();
    }
}
