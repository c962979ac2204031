package dev.chandlery.registry.sql;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.NodeKey;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.registry.metadata.ManifestPush;
import dev.chandlery.registry.metadata.ManifestRecord;
import dev.chandlery.registry.metadata.PushOutcome;
import dev.chandlery.registry.metadata.Recorded;
import dev.chandlery.registry.metadata.Requirement;
import dev.chandlery.registry.metadata.TagCondition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * One push of a manifest inside one transaction: what it names is touched first, which keeps collections
 * from taking it away until the push is committed; then all is checked, then all rows are written.
 */
record ManifestTransaction(Handle handle, RepositoryName repository, Recorded recorded) {
    /** How many digests one query asks for. */
    private static final int GROUP = 500;

    PushOutcome apply(ManifestPush push, Dialect dialect) {
        boolean known = dialect.lockRepository(handle, repository);
        if (!known) {
            PushOutcome outcome = check(push);
            if (!(outcome instanceof PushOutcome.Stored)) {
                return outcome; // a refused push makes no repository
            }
            MemberRow.insertRepository(handle, repository, recorded);
            dialect.lockRepository(handle, repository);
        }
        Set<NodeKey> absent = touch(push.named());
        PushOutcome outcome = check(push);
        if (!(outcome instanceof PushOutcome.Stored)) {
            return outcome;
        }
        // What came after it was touched is not held: it may go before we are done.
        List<Digest> missing = push.required()
                .stream()
                .map(Requirement::key)
                .filter(absent::contains)
                .map(NodeKey::digest)
                .toList();
        if (!missing.isEmpty()) {
            return new PushOutcome.ContentMissing(missing);
        }
        touchSubject(push.manifest());
        write(push);
        return outcome;
    }

    /** Who attaches something needs what it is attached to, whether that is here already or not. */
    private void touchSubject(ManifestRecord manifest) {
        Digest subject = manifest.subject();
        if (subject != null) {
            touch(List.of(new NodeKey(subject, NodeKey.Kind.MANIFEST)));
        }
    }

    /** Gives what is not there; the rest stays until the transaction ends. */
    private Set<NodeKey> touch(List<NodeKey> named) {
        if (named.isEmpty()) {
            return Set.of();
        }
        // Always in the same order, so that two pushes never wait for each other.
        List<NodeKey> sorted = named.stream()
                .sorted(Comparator.comparing(NodeKey::kind).thenComparing(NodeKey::digest))
                .toList();
        PreparedBatch rows = handle.prepareBatch("UPDATE membership SET touched_at = :at"
                + " WHERE repository = :repository AND kind = :kind AND digest = :digest");
        sorted.forEach(key -> rows.bind("at", recorded.at().toEpochMilli())
                .bind("repository", repository.value())
                .bind("kind", key.kind().name())
                .bind("digest", key.digest().toString())
                .add());
        int[] counts = rows.execute();
        return IntStream.range(0, counts.length)
                .filter(i -> counts[i] == 0)
                .mapToObj(sorted::get)
                .collect(Collectors.toSet());
    }

    PushOutcome check(ManifestPush push) {
        Map<NodeKey, Long> sizes = sizes(push.required());
        List<Digest> missing = new ArrayList<>();
        for (Requirement required : push.required()) {
            Long size = sizes.get(required.key());
            if (size == null) {
                missing.add(required.key().digest());
            } else if (size != required.size()) {
                return new PushOutcome.SizeDiffers(required.key().digest(), size, required.size());
            }
        }
        if (!missing.isEmpty()) {
            return new PushOutcome.ContentMissing(missing);
        }
        return push.tags().isEmpty() || holds(push.condition(), push.tags().getFirst())
                ? new PushOutcome.Stored()
                : new PushOutcome.ConditionFailed();
    }

    private Map<NodeKey, Long> sizes(List<Requirement> required) {
        Map<NodeKey, Long> sizes = new HashMap<>();
        for (int from = 0; from < required.size(); from += GROUP) {
            List<Requirement> group = required.subList(from, Math.min(from + GROUP, required
                    .size()));
            handle.createQuery("SELECT kind, digest, size FROM membership"
                    + " WHERE repository = :repository AND kind IN ('BLOB', 'MANIFEST')"
                    + " AND digest IN (<digests>)")
                    .bind("repository", repository.value())
                    .bindList("digests", group.stream()
                            .map(r -> r.key().digest().toString())
                            .distinct()
                            .toList())
                    .map((row, _) -> Map.entry(new NodeKey(Digest.parse(row.getString("digest")),
                            NodeKey.Kind.valueOf(row.getString("kind"))), row.getLong("size")))
                    .forEach(found -> sizes.put(found.getKey(), found.getValue()));
        }
        return sizes;
    }

    /** Replaces the record without asking for what the manifest needs; references to it stay as they are. */
    boolean rewrite(ManifestPush push) {
        write(push);
        return true;
    }

    private void write(ManifestPush push) {
        ManifestRecord manifest = push.manifest();
        new MemberRow(repository, manifest.digest(), "MANIFEST", manifest.size()).insert(handle,
                recorded);
        insert(manifest);
        new ReferenceRows(handle, repository, manifest.digest()).add(push.named());
        push.tags().forEach(tag -> move(tag, manifest.digest()));
    }

    private boolean holds(TagCondition condition, Tag tag) {
        Optional<String> current = handle.createQuery("SELECT digest FROM tag"
                + " WHERE repository = :repository AND name = :name")
                .bind("repository", repository.value())
                .bind("name", tag.value())
                .mapTo(String.class)
                .findOne();
        return switch (condition) {
            case TagCondition.Any _ -> true;
            case TagCondition.Absent _ -> current.isEmpty();
            case TagCondition.Present _ -> current.isPresent();
            case TagCondition.PointsAt(var digest) -> current.equals(
                    Optional.of(digest.toString()));
        };
    }

    /**
     * The same bytes may be a manifest of OCI and of Docker when they do not say what they are: the type of the
     * last push is what it is pulled as.
     */
    private void insert(ManifestRecord manifest) {
        handle.createUpdate("INSERT INTO manifest"
                + " (repository, digest, media_type, size, artifact_type, subject, annotations,"
                + " indexed)"
                + " VALUES (:repository, :digest, :media, :size, :type, :subject, :annotations, 1)"
                + " ON CONFLICT (repository, digest) DO UPDATE SET media_type = excluded.media_type,"
                + " size = excluded.size, artifact_type = excluded.artifact_type,"
                + " subject = excluded.subject, annotations = excluded.annotations, indexed = 1")
                .bindMap(columns(manifest))
                .execute();
    }

    private Map<String, @Nullable Object> columns(ManifestRecord manifest) {
        MediaType type = manifest.artifactType();
        Digest subject = manifest.subject();
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("repository", repository.value());
        columns.put("digest", manifest.digest().toString());
        columns.put("media", manifest.mediaType().value());
        columns.put("size", manifest.size());
        columns.put("type", type == null ? null : type.value());
        columns.put("subject", subject == null ? null : subject.toString());
        columns.put("annotations", manifest.annotations());
        return columns;
    }

    private void move(Tag tag, Digest digest) {
        SqlTagRecords.touchPointedAt(handle, repository, tag, recorded.at().toEpochMilli());
        handle.createUpdate("INSERT INTO tag (repository, name, digest, recorded_at, recorded_by)"
                + " VALUES (:repository, :name, :digest, :at, :by)"
                + " ON CONFLICT (repository, name) DO UPDATE SET digest = excluded.digest,"
                + " recorded_at = excluded.recorded_at, recorded_by = excluded.recorded_by")
                .bind("repository", repository.value())
                .bind("name", tag.value())
                .bind("digest", digest.toString())
                .bind("at", recorded.at().toEpochMilli())
                .bind("by", recorded.by())
                .execute();
    }
}
