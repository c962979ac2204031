package dev.chandlery.registry.collect;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.NodeKey;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.blob.StoredBlob;
import dev.chandlery.registry.collect.Finding.Kind;
import dev.chandlery.registry.metadata.CheckRecords;
import dev.chandlery.registry.metadata.ManifestNames;
import dev.chandlery.registry.metadata.ManifestRecords;
import dev.chandlery.registry.metadata.Member;
import dev.chandlery.registry.metadata.RecordedManifest;
import dev.chandlery.registry.metadata.Requirement;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The check of one repository. What seems wrong is looked at again before it is told: a client may have
 * changed it meanwhile.
 */
final class RepositoryCheck {
    private static final String PUSH_AGAIN = "push it again, or bring the bytes back from a backup";

    private final RepositoryName repository;
    private final CheckRecords records;
    private final BlobStorage storage;
    private final Optional<Repairs> repairs;
    private final CheckListener listener;

    /** @param repairs empty to look only */
    RepositoryCheck(RepositoryName repository, CheckRecords records, BlobStorage storage,
            Optional<Repairs> repairs, CheckListener listener) {
        this.repository = repository;
        this.records = records;
        this.storage = storage;
        this.repairs = repairs;
        this.listener = listener;
    }

    void run() {
        Set<Digest> recorded = new HashSet<>(records.manifests(repository));
        List<Member> members = records.members(repository);
        Set<Digest> unrecorded = new TreeSet<>();
        members.stream()
                .filter(m -> m.key().kind() == NodeKey.Kind.MANIFEST)
                .map(Member::digest)
                .filter(digest -> !recorded.contains(digest))
                .forEach(unrecorded::add);
        records.danglingTags(repository).forEach((tag, digest) -> {
            unrecorded.remove(digest);
            dangling(tag.value(), digest);
        });
        unrecorded.forEach(this::unrecorded);
        for (Digest digest : records.manifests(repository)) {
            if (listener.isStopped()) {
                return;
            }
            records.manifest(repository, digest).ifPresent(this::manifest);
        }
        members.stream()
                .filter(m -> m.key().kind() == NodeKey.Kind.BLOB)
                .takeWhile(_ -> !listener.isStopped())
                .forEach(this::blob);
    }

    private void dangling(String tag, Digest digest) {
        if (new ManifestBytes(storage).guess(
                digest) instanceof ManifestBytes.Reading.Complete(var document)) {
            tell(Kind.DANGLING_TAG, tag, "the record of " + digest
                    + " is lost, its bytes are there",
                    r -> r.rewrite(repository, document));
        } else {
            tell(Kind.DANGLING_TAG, tag, "points at " + digest + ", which is lost", r -> r
                    .removeDangling(repository, digest));
        }
    }

    private void unrecorded(Digest digest) {
        if (records.manifest(repository, digest).isPresent()
                || records.member(repository, manifestKey(digest)).isEmpty()) {
            return; // pushed or deleted meanwhile
        }
        if (new ManifestBytes(storage).guess(
                digest) instanceof ManifestBytes.Reading.Complete(var document)) {
            tell(Kind.MISSING_RECORD, digest.toString(), "its bytes are there", r -> r.rewrite(
                    repository, document));
        } else {
            tell(Kind.MISSING_RECORD, digest.toString(), "its bytes are lost or no manifest", r -> r
                    .endUnrecorded(repository, digest));
        }
    }

    private void manifest(RecordedManifest recorded) {
        Digest digest = recorded.manifest().digest();
        switch (new ManifestBytes(storage).read(digest, recorded.manifest().mediaType())) {
            case ManifestBytes.Reading.Complete(var document) -> compare(recorded, document);
            case ManifestBytes.Reading.Broken(var why) -> left(Kind.UNREADABLE, digest, why);
            case ManifestBytes.Reading.Absent _ -> {
                if (isMissing(manifestKey(digest))) {
                    left(Kind.MISSING_BYTES, digest, "of a manifest; " + PUSH_AGAIN
                            + ", or delete it");
                }
            }
        }
    }

    private void compare(RecordedManifest recorded, ManifestDocument document) {
        String digest = recorded.manifest().digest().toString();
        if (records.member(repository, manifestKey(recorded.manifest().digest())).isEmpty()
                && isRecorded(recorded)) {
            tell(Kind.MISSING_MEMBERSHIP, digest, "the manifest is recorded", r -> r.rewrite(
                    repository, document));
        }
        Set<NodeKey> named = Set.copyOf(ManifestNames.named(document.manifest()));
        if (!recorded.indexed() || !recorded.named().equals(named)) {
            tell(Kind.MISSING_REFERENCES, digest, recorded.indexed()
                    ? "expected " + named.size() + " that the manifest names, got " + recorded
                            .named()
                            .size()
                    : "the manifest was pushed before they were recorded", r -> r.rewrite(
                            repository, document));
        }
        if (!ManifestRecords.of(document).equals(recorded.manifest())) {
            tell(Kind.WRONG_RECORD, digest, "size, type, subject or annotations", r -> r.rewrite(
                    repository, document));
        }
        ManifestNames.required(document.manifest())
                .forEach(required -> required(recorded, required));
    }

    private void required(RecordedManifest manifest, Requirement required) {
        if (records.member(repository, required.key()).isPresent() || !isRecorded(manifest)) {
            return;
        }
        Digest digest = required.key().digest();
        String why = "named by " + manifest.manifest().digest();
        if (storage.find(digest)
                .map(StoredBlob::size)
                .filter(s -> s == required.size())
                .isPresent()) {
            tell(Kind.MISSING_MEMBERSHIP, digest.toString(), why, r -> r.add(new Member(repository,
                    required.key(), required.size()), manifest.manifest().digest()) && record(r,
                            required.key()));
        } else {
            left(Kind.MISSING_CONTENT, digest, why + "; push it again");
        }
    }

    /** A manifest that is a member again is recorded again as well; true for blobs, which have no record. */
    private boolean record(Repairs repairs, NodeKey key) {
        if (key.kind() == NodeKey.Kind.MANIFEST && new ManifestBytes(storage).guess(key
                .digest()) instanceof ManifestBytes.Reading.Complete(var document)) {
            repairs.rewrite(repository, document);
            records.manifest(repository, key.digest()).ifPresent(this::manifest);
        }
        return true;
    }

    private void blob(Member blob) {
        Optional<StoredBlob> stored = storage.find(blob.digest());
        if (stored.isEmpty() && isMissing(blob.key())) {
            missing(blob);
        } else if (stored.filter(s -> s.size() != blob.size()).isPresent()) {
            left(Kind.WRONG_SIZE, blob.digest(), "expected " + blob.size() + " bytes, got " + stored
                    .get()
                    .size() + "; run registry scrub --quarantine, then push it again");
        }
    }

    private void missing(Member blob) {
        List<Digest> namers = records.namers(repository, blob.digest(), 1);
        if (namers.isEmpty()) {
            tell(Kind.MISSING_BYTES, blob.digest().toString(), "of a blob that no manifest names",
                    r -> r.end(blob));
        } else {
            left(Kind.MISSING_BYTES, blob.digest(), "of a blob that " + namers.getFirst()
                    + " names; " + PUSH_AGAIN);
        }
    }

    /** Content becomes a member after its bytes are there, and its bytes go after it is none. */
    private boolean isMissing(NodeKey key) {
        return records.member(repository, key).isPresent() && storage.find(key.digest()).isEmpty();
    }

    private boolean isRecorded(RecordedManifest manifest) {
        return records.manifest(repository, manifest.manifest().digest()).isPresent();
    }

    private static NodeKey manifestKey(Digest digest) {
        return new NodeKey(digest, NodeKey.Kind.MANIFEST);
    }

    @FunctionalInterface
    private interface Repair {
        /** Whether there was something to do. */
        boolean by(Repairs repairs);
    }

    private void tell(Kind kind, String id, String detail, Repair repair) {
        boolean repaired = repairs.map(repair::by).orElse(false);
        if (repaired || repairs.isEmpty()) { // else it was changed meanwhile
            listener.found(new Finding(kind, repository, id, detail, repaired
                    ? Finding.Outcome.REPAIRED
                    : Finding.Outcome.FOUND));
        }
    }

    private void left(Kind kind, Digest digest, String detail) {
        listener.found(new Finding(kind, repository, digest.toString(), detail, repairs.isPresent()
                ? Finding.Outcome.LEFT
                : Finding.Outcome.FOUND));
    }
}
