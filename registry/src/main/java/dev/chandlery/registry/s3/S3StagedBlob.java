package dev.chandlery.registry.s3;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.blob.StagedBlob;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.metadata.StagedChunk;
import dev.chandlery.registry.refusal.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An upload as objects, each with what follows the one before, and what is not in an object yet. Which
 * objects count is in the metadata: of two that come for the same place, one is refused there, so a
 * process that was thought to be dead spoils nothing. Small content never becomes an object of its own.
 */
final class S3StagedBlob implements StagedBlob {
    private static final int CONFLICT = 409;

    private final S3BlobStorage storage;
    private final String id;
    private final List<StagedChunk> chunks;
    private final S3Buffer buffer;
    private long stored;
    private boolean discarded;

    S3StagedBlob(S3BlobStorage storage, String id) {
        this.storage = storage;
        this.id = id;
        this.chunks = new ArrayList<>(storage.chunks().list(id));
        this.stored = chunks.isEmpty() ? 0 : chunks.getLast().end();
        this.buffer = new S3Buffer(storage.budget());
    }

    @Override
    public long size() {
        return stored + buffer.size();
    }

    @Override
    public void append(byte[] bytes, int length) {
        for (int from = 0; from < length;) {
            int taken = buffer.add(bytes, from, length - from);
            from += taken;
            if (taken == 0) {
                flush();
            }
        }
    }

    private void flush() {
        if (buffer.size() == 0) {
            return;
        }
        StagedChunk chunk = new StagedChunk(stored, buffer.size(), HexFormat.of()
                .toHexDigits(
                        ThreadLocalRandom.current().nextLong()));
        storage.objects().put(nameOf(chunk), buffer.bytes(), buffer.size());
        if (!storage.chunks().add(id, chunk)) {
            storage.objects().delete(nameOf(chunk));
            throw new RefusedException(ErrorCode.BLOB_UPLOAD_INVALID, CONFLICT,
                    "cannot append to upload session: another request went on with it",
                    HeaderFields.NONE);
        }
        chunks.add(chunk);
        stored = chunk.end();
        buffer.clear();
    }

    @Override
    public void truncate(long size) {
        buffer.clear();
        while (!chunks.isEmpty() && chunks.getLast().begin() >= size) {
            StagedChunk last = chunks.removeLast();
            storage.chunks().remove(id, last);
            storage.objects().delete(nameOf(last));
        }
        stored = chunks.isEmpty() ? 0 : chunks.getLast().end();
    }

    @Override
    public InputStream open() {
        List<InputStream> all = new ArrayList<>();
        chunks.forEach(chunk -> all.add(new LateStream(() -> Channels.newInputStream(
                new S3Channel(storage.objects(), nameOf(chunk), 0)))));
        all.add(new ByteArrayInputStream(buffer.bytes(), 0, buffer.size()));
        return new SequenceInputStream(Collections.enumeration(all));
    }

    @Override
    public void commit(Digest verified) {
        new S3Assembly(storage.objects(), S3BlobStorage.nameOf(verified)).of(chunks, buffer,
                this::nameOf, size());
    }

    @Override
    public void secure(Digest verified) {
        if (storage.find(verified).isEmpty()) {
            commit(verified);
        }
    }

    @Override
    public void discard() {
        discarded = true;
        storage.objects().delete(chunks.stream().map(this::nameOf).toList());
    }

    @Override
    public void close() {
        try (buffer) {
            if (!discarded) {
                flush();
            }
        }
    }

    private String nameOf(StagedChunk chunk) {
        return S3BlobStorage.UPLOADS + id + "/" + chunk.begin() + "-" + chunk.name();
    }
}
