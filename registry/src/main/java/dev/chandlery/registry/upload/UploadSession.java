package dev.chandlery.registry.upload;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.NodeKey;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.blob.StagedBlob;
import dev.chandlery.registry.metadata.Recorded;
import dev.chandlery.registry.metadata.Requirement;
import dev.chandlery.registry.metadata.SessionRecord;
import dev.chandlery.registry.refusal.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * The exclusive use of one upload session, for one request; {@link #close} ends the use and leaves the
 * session open for the next one, unless it was committed or cancelled.
 */
public final class UploadSession implements AutoCloseable {
    private static final int BUFFER_BYTES = 128 * 1024;
    /** Writing down every chunk's time would cost a disk sync each; this much is exact enough. */
    private static final Duration TOUCH_INTERVAL = Duration.ofMinutes(1);

    private final UploadSessions sessions;
    private final SessionRecord record;
    private final LiveUpload live;
    private final StagedBlob content;
    private final Leases.Held lease = new Leases.Held();

    UploadSession(UploadSessions sessions, SessionRecord record, LiveUpload live,
            StagedBlob content) {
        this.sessions = sessions;
        this.record = record;
        this.live = live;
        this.content = content;
    }

    public String id() {
        return record.id();
    }

    /** Number of bytes that are here; the next one goes there. */
    public long offset() {
        return content.size();
    }

    /**
     * Appends the stream to its end. When the stream breaks, what came stays, for the client to go on.
     *
     * @param expected exact number of bytes the stream must have, empty when not known; a stream of
     *     another length leaves the session as it was
     * @param room that hooks leave for the whole blob
     * @throws RefusedException 413 when the blob grows over the limit, 403 when it outgrows its room, 400 when
     *     the length is wrong
     * @throws IOException when the stream breaks
     */
    public void append(InputStream body, OptionalLong expected, BlobRoom room)
            throws IOException {
        RoomLeft left = new RoomLeft(live, room, sessions.staged().lock(record.repository()));
        try {
            receive(body, expected, left);
        } finally {
            left.ended(offset());
        }
        touch();
    }

    private void receive(InputStream body, OptionalLong expected, RoomLeft room)
            throws IOException {
        long begin = offset();
        room.take(begin + expected.orElse(0), this::takeRoom);
        long limit = expected.isPresent()
                ? Math.min(begin + expected.getAsLong(), maxBytes())
                : maxBytes();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
            if (offset() + n > limit) {
                cutBack(begin);
                throw tooLong(expected);
            }
            room.take(offset() + n, this::takeRoom);
            stage(buffer, n);
        }
        if (expected.isPresent() && offset() != begin + expected.getAsLong()) {
            long actual = offset() - begin;
            cutBack(begin);
            throw wrongSize(expected.getAsLong(), Long.toString(actual));
        }
    }

    /** Ends uploads that nobody goes on with, as their room is needed; whether that gave any. */
    private boolean takeRoom() {
        return sessions.takeRoom(record.repository());
    }

    private void stage(byte[] buffer, int length) {
        boolean staged = false;
        try {
            sessions.leases().renew(record.id(), lease);
            content.append(buffer, length);
            live.update(offset() - length, buffer, length);
            staged = true;
        } finally {
            if (!staged) {
                live.invalidate();
            }
        }
    }

    /**
     * Makes the upload a blob of its repository and ends the session.
     *
     * @throws RefusedException 400 when the bytes have another digest; the session is cancelled then
     */
    public void commit(Digest expected, String by) {
        long size = offset();
        Digest actual = live.finish(expected.algorithm(), size)
                .orElseGet(() -> hash(expected.algorithm()));
        if (!actual.equals(expected)) {
            cancel();
            throw new RefusedException(ErrorCode.DIGEST_INVALID, "cannot accept blob of "
                    + size + " bytes: expected digest " + expected + ", got " + actual);
        }
        content.commit(expected);
        live.count(0); // what is being recorded is counted there
        Requirement blob = new Requirement(new NodeKey(expected, NodeKey.Kind.BLOB), size);
        sessions.records()
                .finish(record, blob, new Recorded(sessions.clock().instant(), by),
                        () -> content.secure(expected));
        sessions.forget(record.id());
        content.discard();
    }

    /** Ends the session and drops what it has, also when there is no room to write down that it ended. */
    public void cancel() {
        try {
            sessions.remove(record.id());
        } finally {
            content.discard();
        }
    }

    @Override
    public void close() {
        boolean kept = false;
        try {
            content.close();
            kept = true;
        } finally {
            if (!kept) {
                live.invalidate();
            }
            sessions.release(record.id(), live);
        }
    }

    private long maxBytes() {
        return sessions.limits().maxBlobBytes();
    }

    private void cutBack(long size) {
        content.truncate(size);
        live.invalidate();
    }

    private void touch() {
        Instant now = sessions.clock().instant();
        if (record.touched().plus(TOUCH_INTERVAL).isBefore(now)) {
            sessions.records().touch(record.id(), now);
        }
    }

    private Digest hash(Algorithm algorithm) {
        MessageDigest hash = algorithm.newMessageDigest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = content.open()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                hash.update(buffer, 0, n);
            }
        } catch (IOException e) {
            throw new StorageException("cannot read upload: " + e.getMessage(), e);
        }
        return Digest.of(algorithm, hash);
    }

    private RefusedException tooLong(OptionalLong expected) {
        if (expected.isPresent() && offset() + expected.getAsLong() <= maxBytes()) {
            return wrongSize(expected.getAsLong(), "more");
        }
        return UploadSession.tooLarge(maxBytes());
    }

    /** The refusal of a blob over the limit, for requests that announce it before they send it. */
    public static RefusedException tooLarge(long maxBytes) {
        return new RefusedException(ErrorCode.SIZE_INVALID, 413,
                "cannot accept blob: expected at most " + maxBytes + " bytes",
                dev.chandlery.registry.http.HeaderFields.NONE);
    }

    private static RefusedException wrongSize(long expected, String actual) {
        return new RefusedException(ErrorCode.SIZE_INVALID,
                "cannot accept chunk: expected " + expected + " bytes, got " + actual);
    }
}
