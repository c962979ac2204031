package dev.chandlery.registry.upload;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.blob.StagedBlob;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.metadata.SessionRecord;
import dev.chandlery.registry.metadata.SessionRecords;
import dev.chandlery.registry.refusal.RefusedException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * All upload sessions. What a session has is on disk: its row and its staged file outlive the process;
 * only the running hash is in memory, and is computed anew from the file when it is not there.
 *
 * <p><b>Concurrency:</b> a session has one user at a time; another waits a little, then is refused.
 */
public final class UploadSessions {
    private static final int ID_BYTES = 16;
    private static final Instant END_OF_TIME = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final SessionRecords records;
    private final BlobStorage storage;
    private final UploadLimits limits;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final ConcurrentHashMap<String, LiveUpload> live = new ConcurrentHashMap<>();

    public UploadSessions(SessionRecords records, BlobStorage storage, UploadLimits limits,
            Clock clock) {
        this.records = records;
        this.storage = storage;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Begins a session and uses it.
     *
     * @param algorithm that the finishing digest is expected to have; another one costs a second read
     * @throws RefusedException 429 when too many are open
     */
    public UploadSession begin(RepositoryName repository, Algorithm algorithm) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        SessionRecord record = new SessionRecord(HexFormat.of().formatHex(id), repository,
                clock.instant());
        if (!records.create(record, limits.maxSessions())) {
            throw new RefusedException(ErrorCode.TOOMANYREQUESTS, ErrorCode.TOOMANYREQUESTS
                    .status(), "cannot begin upload: " + limits.maxSessions()
                            + " sessions are open; finish or cancel some, or wait for them to expire",
                    HeaderFields.NONE.plus("Retry-After", "60"));
        }
        LiveUpload upload = new LiveUpload(algorithm);
        live.put(record.id(), upload);
        boolean begun = false;
        try {
            UploadSession session = claim(record, upload, true).orElseThrow();
            begun = true;
            return session;
        } finally {
            if (!begun) { // nobody will learn its id
                live.remove(record.id());
                records.remove(record.id());
            }
        }
    }

    /**
     * Uses a session that is open in that repository; empty when there is none, whatever the reason.
     *
     * @throws RefusedException 409 while another request writes to it
     */
    public Optional<UploadSession> use(RepositoryName repository, String id) {
        return records.find(id)
                .filter(r -> r.repository().equals(repository) && !isExpired(r))
                .flatMap(r -> claim(r, live.computeIfAbsent(id, _ -> new LiveUpload(
                        Algorithm.SHA256)), false));
    }

    private Optional<UploadSession> claim(SessionRecord record, LiveUpload upload,
            boolean create) {
        awaitWriter(upload);
        boolean claimed = false;
        try {
            Optional<StagedBlob> staged = storage.stage(record.id(), create);
            claimed = staged.isPresent();
            return staged.map(s -> new UploadSession(this, record, upload, s));
        } finally {
            if (!claimed) {
                upload.lock().unlock();
            }
        }
    }

    private void awaitWriter(LiveUpload upload) {
        try {
            if (!upload.lock().tryLock(limits.writerWait().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new RefusedException(ErrorCode.BLOB_UPLOAD_INVALID, 409,
                        "cannot use upload session: another request is writing to it",
                        HeaderFields.NONE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("cannot use upload session: interrupted");
        }
    }

    /** Sessions that nobody continued in time, and that no request of this process uses. */
    public List<SessionRecord> expired() {
        return records.touchedBefore(expiry()).stream().filter(r -> !isUsed(r.id())).toList();
    }

    /** Ids of all sessions, of all processes. */
    public Set<String> ids() {
        Set<String> ids = new HashSet<>();
        records.touchedBefore(END_OF_TIME).forEach(record -> ids.add(record.id()));
        return ids;
    }

    /** Ends such a session and drops what it has, if it still is one; whether it was. */
    public boolean drop(SessionRecord session) {
        if (isUsed(session.id()) || !records.expire(session.id(), expiry())) {
            return false;
        }
        live.remove(session.id());
        storage.discard(session.id());
        return true;
    }

    private boolean isUsed(String id) {
        LiveUpload upload = live.get(id);
        return upload != null && upload.lock().isLocked();
    }

    private Instant expiry() {
        return clock.instant().minus(limits.lifetime());
    }

    /** Drops staged content without a session; only before any request is answered. */
    public void dropLeftovers() {
        storage.discardAllBut(ids());
    }

    void forget(String id) {
        live.remove(id);
        records.remove(id);
        storage.discard(id);
    }

    void finished(String id) {
        live.remove(id);
    }

    private boolean isExpired(SessionRecord record) {
        return record.touched().plus(limits.lifetime()).isBefore(clock.instant());
    }

    SessionRecords records() {
        return records;
    }

    UploadLimits limits() {
        return limits;
    }

    Clock clock() {
        return clock;
    }
}
