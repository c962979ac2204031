package dev.chandlery.registry.collect;

import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.blob.StagedBlob;
import dev.chandlery.registry.metadata.SessionRecord;
import dev.chandlery.registry.upload.UploadSessions;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** The step that ends upload sessions which expired, and drops what killed processes left half-written. */
record UnfinishedUploads(UploadSessions sessions, BlobStorage storage, boolean dryRun,
        Progress progress) {

    /** @param before content that no session has is left behind when it did not grow since then */
    Tally sweep(Instant before) {
        Tally tally = Tally.NONE;
        for (SessionRecord session : sessions.expired()) {
            long bytes = stagedBytes(session.id());
            if (!progress.isStopped() && (dryRun || sessions.drop(session))) {
                tally = tally.plus(bytes);
                progress.removed(new Removed(Removed.Kind.UPLOAD, session.repository(), session
                        .id(), bytes));
            }
        }
        for (String id : leftBehind(before)) {
            long bytes = stagedBytes(id);
            if (!dryRun) {
                storage.discard(id);
            }
            tally = tally.plus(bytes);
            progress.removed(new Removed(Removed.Kind.UPLOAD, null, id, bytes));
        }
        return tally;
    }

    /** A session is recorded before anything of it is staged, so storage is asked first. */
    private Set<String> leftBehind(Instant before) {
        Set<String> staged = new TreeSet<>();
        storage.visitStagedBefore(before, staged::add);
        if (!staged.isEmpty()) {
            staged.removeAll(new HashSet<>(sessions.ids()));
        }
        return staged;
    }

    private long stagedBytes(String id) {
        try (StagedBlob staged = storage.stage(id, false).orElse(null)) {
            return staged == null ? 0 : staged.size();
        }
    }
}
