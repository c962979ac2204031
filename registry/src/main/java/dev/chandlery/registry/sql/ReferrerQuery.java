package dev.chandlery.registry.sql;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.metadata.ManifestRecord;
import dev.chandlery.registry.metadata.Page;
import dev.chandlery.registry.metadata.ReferrerPage;
import java.util.List;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what is attached to a manifest. Annotations may be megabytes each, and a driver may read all rows of a
 * result before it gives the first: so their sizes are looked at before any of them is read.
 *
 * @param artifactType only of that type; null for all
 */
record ReferrerQuery(RepositoryName repository, Digest subject, @Nullable MediaType artifactType) {
    /** A page ends before the row that would go over it, unless that is the first. */
    static final long MAX_PAGE_BYTES = 1024L * 1024;

    /** Rough size of an entry besides its annotations. */
    private static final int ENTRY_BYTES = 256;

    private record Size(String digest, long bytes) {}

    /** How far a page goes. */
    private record Extent(int entries, String last, long bytes, boolean more) {}

    /** @param room told how many bytes will be read, before they are */
    ReferrerPage page(SqlDatabase database, Page page, LongConsumer room) {
        Extent extent = extent(database.read(h -> sizes(h, page)), page.limit());
        if (extent.entries() == 0) {
            return new ReferrerPage(List.of(), extent.more());
        }
        room.accept(extent.bytes());
        return new ReferrerPage(database.read(h -> rows(h, page, extent)), extent.more());
    }

    private static Extent extent(List<Size> probed, int limit) {
        int entries = 0;
        long bytes = 0;
        for (Size size : probed) {
            if (entries == limit || (entries > 0 && bytes + size.bytes() > MAX_PAGE_BYTES)) {
                break;
            }
            bytes += size.bytes();
            entries++;
        }
        return new Extent(entries, entries == 0 ? "" : probed.get(entries - 1).digest(), bytes,
                probed.size() > entries);
    }

    private List<Size> sizes(Handle handle, Page page) {
        return select(handle, "m.digest, OCTET_LENGTH(m.annotations)", "", page.limit() + 1)
                .bind("after", page.after())
                .map((row, _) -> new Size(row.getString(1), ENTRY_BYTES + row.getLong(2)))
                .list();
    }

    /** Others may have come in between: then the page ends earlier than it could. */
    private List<ManifestRecord> rows(Handle handle, Page page, Extent extent) {
        return select(handle, SqlManifestMembers.COLUMNS, " AND m.digest <= :last", extent
                .entries())
                .bind("after", page.after())
                .bind("last", extent.last())
                .map((row, _) -> SqlManifestMembers.record(row))
                .list();
    }

    private Query select(Handle handle, String columns, String condition, int limit) {
        Query query = handle.createQuery("SELECT " + columns + " FROM manifest m"
                + " WHERE m.repository = :repository AND m.subject = :subject AND m.digest > :after"
                + condition + (artifactType == null ? "" : " AND m.artifact_type = :type")
                + " ORDER BY m.digest LIMIT :limit")
                .bind("repository", repository.value())
                .bind("subject", subject.toString())
                .bind("limit", limit);
        return artifactType == null ? query : query.bind("type", artifactType.value());
    }
}
