package dev.chandlery.registry.upload;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.metadata.SessionRecord;
import dev.chandlery.registry.metadata.SessionRecords;
import dev.chandlery.registry.refusal.RefusedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * All upload sessions. What a session has is in storage: its row and what is staged outlive the process;
 * only the running hash is in memory, and is computed anew from the content when it is not there.
 *
 * <p><b>Concurrency:</b> a session has one user at a time; another waits a little, then is refused. Within
 * a process a lock sees to it, among processes a lease.
 */
public final class UploadSessions {
    /** Records of when a session was touched may be a minute old. */
    private static final Duration IDLE = Duration.ofMinutes(3);
    private static final Instant END_OF_TIME = Instant.ofEpochMilli(Long.MAX_VALUE);
    /** Begins the ids of sessions that no client is told. */
    private static final String WITHIN_REQUEST = "whole-";

    private final SessionRecords records;
    private final BlobStorage storage;
    private final UploadLimits limits;
    private final Clock clock;
    private final Leases leases;
    private final ConcurrentHashMap<String, LiveUpload> live = new ConcurrentHashMap<>();
    private final StagedBytes staged = new StagedBytes();

    public UploadSessions(SessionRecords records, BlobStorage storage, UploadLimits limits,
            Clock clock) {
        this.records = records;
        this.storage = storage;
        this.limits = limits;
        this.clock = clock;
        this.leases = new Leases(records.leases(), limits.writerWait());
    }

    /**
     * Begins a session and uses it.
     *
     * @param opener name of who may use it
     * @param algorithm that the finishing digest is expected to have; another one costs a second read
     * @throws RefusedException 429 when too many are open
     */
    public UploadSession begin(RepositoryName repository, String opener, Algorithm algorithm) {
        // The specification wants a UUID; one of version 4 has 122 bits that nobody can guess.
        return begin(UUID.randomUUID().toString(), repository, opener, algorithm);
    }

    /**
     * Begins and uses a session that no client is told: it is of no use to anybody after the request, also when
     * the process is killed in it.
     *
     * @throws RefusedException 429 when too many are open
     */
    public UploadSession beginWithinRequest(RepositoryName repository, String opener,
            Algorithm algorithm) {
        return begin(WITHIN_REQUEST + UUID.randomUUID(), repository, opener, algorithm);
    }

    private UploadSession begin(String id, RepositoryName repository, String opener,
            Algorithm algorithm) {
        SessionRecord record = new SessionRecord(id, repository, opener, clock.instant());
        if (!records.create(record, limits.maxSessions(), limits.maxOfOpener())) {
            throw new RefusedException(ErrorCode.TOOMANYREQUESTS, ErrorCode.TOOMANYREQUESTS
                    .status(), "cannot begin upload: " + limits.maxSessions()
                            + " sessions are open; finish or cancel some, or wait for them to expire",
                    HeaderFields.NONE.plus("Retry-After", "60"));
        }
        LiveUpload upload = new LiveUpload(algorithm, repository, staged);
        live.put(record.id(), upload);
        boolean begun = false;
        try {
            upload.lock().lock(); // nobody else knows the id, so nobody holds a lease either
            UploadSession session = stage(record.id(), upload, () -> Optional.of(record),
                    true).orElseThrow();
            begun = true;
            return session;
        } finally {
            if (!begun) { // nobody will learn its id
                remove(record.id());
            }
        }
    }

    /**
     * Uses a session that the same caller opened in that repository; empty when there is none, whatever
     * the reason.
     *
     * @throws RefusedException 409 while another request writes to it
     */
    public Optional<UploadSession> use(RepositoryName repository, String asker, String id) {
        Supplier<Optional<SessionRecord>> wanted = () -> records.find(id)
                .filter(record -> record.repository().equals(repository) && record.opener()
                        .equals(asker) && !isExpired(record));
        if (wanted.get().isEmpty()) {
            return Optional.empty();
        }
        LiveUpload upload = live.computeIfAbsent(id, _ -> new LiveUpload(Algorithm.SHA256,
                repository, staged));
        return claim(id, upload, () -> wanted.get().isPresent())
                // Who was waited for may have finished it.
                ? stage(id, upload, wanted, false)
                : Optional.empty();
    }

    /** Takes lock and lease; false when the session ended meanwhile, with nothing taken. */
    private boolean claim(String id, LiveUpload upload, BooleanSupplier there) {
        awaitWriter(upload);
        boolean claimed = false;
        try {
            claimed = leases.take(id, there);
            return claimed;
        } finally {
            if (!claimed) {
                upload.lock().unlock();
            }
        }
    }

    private Optional<UploadSession> stage(String id, LiveUpload upload,
            Supplier<Optional<SessionRecord>> record, boolean create) {
        boolean opened = false;
        try {
            Optional<UploadSession> session = record.get()
                    .flatMap(known -> storage.stage(id, create)
                            .map(blob -> new UploadSession(this, known, upload, blob)));
            session.ifPresent(use -> upload.count(use.offset()));
            opened = session.isPresent();
            return session;
        } finally {
            if (!opened) {
                release(id, upload);
            }
        }
    }

    /** Ends a use, in the order that lets the next one in last. */
    void release(String id, LiveUpload upload) {
        try {
            leases.release(id);
        } finally {
            upload.lock().unlock();
        }
    }

    private void awaitWriter(LiveUpload upload) {
        try {
            if (!upload.lock().tryLock(limits.writerWait().toMillis(), TimeUnit.MILLISECONDS)) {
                throw Leases.busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("cannot use upload session: interrupted");
        }
    }

    /** Sessions that nobody continued in time, and that no request of this process uses. */
    public List<SessionRecord> expired() {
        forgetFinished();
        return records.touchedBefore(expiry()).stream().filter(r -> !isUsed(r.id())).toList();
    }

    /** Forgets what other processes finished; whether there was any. */
    private boolean forgetFinished() {
        Set<String> here = new HashSet<>(live.keySet());
        here.removeAll(ids());
        here.forEach(this::forget);
        return !here.isEmpty();
    }

    /** Ids of all sessions, of all processes. */
    public Set<String> ids() {
        Set<String> ids = new HashSet<>();
        records.touchedBefore(END_OF_TIME).forEach(record -> ids.add(record.id()));
        return ids;
    }

    /** Ends such a session and drops what it has, if it still is one; whether it was. */
    public boolean drop(SessionRecord session) {
        return drop(session, expiry());
    }

    private boolean drop(SessionRecord session, Instant touchedBefore) {
        if (isUsed(session.id()) || !records.expire(session.id(), touchedBefore)) {
            return false;
        }
        forget(session.id());
        storage.discard(session.id());
        return true;
    }

    /**
     * Ends uploads into that repository that nobody went on with for minutes, as another one needs their room:
     * most were broken off and begun anew. Whether that gave any.
     */
    boolean takeRoom(RepositoryName repository) {
        Instant idle = clock.instant().minus(IDLE);
        boolean dropped = forgetFinished();
        for (SessionRecord session : records.touchedBefore(idle)) {
            dropped |= session.repository().equals(repository) && drop(session, idle);
        }
        return dropped;
    }

    /** Counts what was staged before this process began, where no other one uses the storage. */
    public void countStaged() {
        for (SessionRecord session : records.touchedBefore(END_OF_TIME)) {
            LiveUpload upload = live.computeIfAbsent(session.id(), _ -> new LiveUpload(
                    Algorithm.SHA256, session.repository(), staged));
            storage.stage(session.id(), false).ifPresent(content -> {
                try (content) {
                    upload.count(content.size());
                }
            });
        }
    }

    /** What is staged now. */
    public StagedBytes staged() {
        return staged;
    }

    private boolean isUsed(String id) {
        LiveUpload upload = live.get(id);
        return upload != null && upload.lock().isLocked();
    }

    private Instant expiry() {
        return clock.instant().minus(limits.lifetime());
    }

    /**
     * Drops what nobody can go on with: sessions that no client was told, and staged content without a session;
     * only where no other process uses the storage.
     */
    public void dropLeftovers() {
        ids().stream().filter(id -> id.startsWith(WITHIN_REQUEST)).forEach(records::remove);
        Set<String> staged = new HashSet<>();
        storage.visitStagedBefore(END_OF_TIME, staged::add);
        staged.removeAll(ids());
        staged.forEach(storage::discard);
    }

    void remove(String id) {
        forget(id);
        records.remove(id);
    }

    void forget(String id) {
        LiveUpload upload = live.remove(id);
        if (upload != null) {
            upload.end();
        }
    }

    private boolean isExpired(SessionRecord record) {
        return record.touched().plus(limits.lifetime()).isBefore(clock.instant());
    }

    Leases leases() {
        return leases;
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
