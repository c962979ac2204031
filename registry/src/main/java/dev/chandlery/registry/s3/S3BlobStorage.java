package dev.chandlery.registry.s3;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.blob.StagedBlob;
import dev.chandlery.registry.blob.StoredBlob;
import dev.chandlery.registry.metadata.ChunkRecords;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Objects {@code blobs/<algorithm>/<encoded>} and {@code uploads/<session>/<offset>-<unique>} below the
 * prefix. An object under {@code blobs} is absent or complete: the service shows no half of one.
 *
 * <p><b>Concurrency:</b> any number of processes use the same bucket. Who removes content holds the
 * metadata's lock of its digest, and who records it looks inside of that lock whether it is there.
 */
public final class S3BlobStorage implements BlobStorage {
    static final String UPLOADS = "uploads/";
    private static final String BLOBS = "blobs/";
    private static final String QUARANTINE = "quarantine/";
    private static final int BUDGET_BYTES = 128 * 1024 * 1024;
    /** Putting one together takes minutes; what is older was left behind by a process that ended. */
    private static final Duration STALE = Duration.ofHours(24);

    private final S3Objects objects;
    private final ChunkRecords chunks;
    private final Semaphore budget = new Semaphore((int) Math.min(BUDGET_BYTES, Runtime.getRuntime()
            .maxMemory() / 8));

    private S3BlobStorage(S3Objects objects, ChunkRecords chunks) {
        this.objects = objects;
        this.chunks = chunks;
    }

    /**
     * Opens the bucket, and clears away what is left there of objects that were never completed.
     *
     * @throws dev.chandlery.oci.StorageException when it is not there or may not be used
     * @throws dev.chandlery.oci.TransferException when the service does not answer
     */
    public static S3BlobStorage open(S3Settings settings, ChunkRecords chunks) {
        S3Objects objects = new S3Objects(S3Clients.of(settings), settings.bucket(), settings
                .prefix());
        S3BlobStorage storage = new S3BlobStorage(objects, chunks);
        boolean opened = false;
        try {
            new StaleParts(objects).abort(Instant.now().minus(STALE));
            opened = true;
            return storage;
        } finally {
            if (!opened) {
                storage.close();
            }
        }
    }

    @Override
    public Optional<StoredBlob> find(Digest digest) {
        return objects.find(nameOf(digest)).map(stat -> new StoredObject(objects, stat));
    }

    @Override
    public void put(Digest verified, Bytes content) {
        byte[] bytes = content.toArray();
        objects.put(nameOf(verified), bytes, bytes.length);
    }

    @Override
    public Optional<StagedBlob> stage(String id, boolean create) {
        return Optional.of(new S3StagedBlob(this, id)); // a session that has nothing yet has no object
    }

    @Override
    public void visitCommittedBefore(Instant time, Consumer<Digest> visitor) {
        objects.visit(BLOBS, stat -> {
            if (stat.modified().isBefore(time)) {
                digestOf(stat.name()).ifPresent(visitor);
            }
        });
    }

    @Override
    public boolean remove(Digest digest, Instant time) {
        if (!isBefore(digest, time)) {
            return false;
        }
        objects.delete(nameOf(digest));
        return true;
    }

    @Override
    public Optional<String> quarantine(Digest digest, Instant time) {
        if (!isBefore(digest, time)) {
            return Optional.empty();
        }
        String aside = QUARANTINE + digest.algorithm().label() + "-" + digest.encoded();
        objects.find(nameOf(digest))
                .ifPresent(stat -> new S3Assembly(objects, aside).copy(stat
                        .name(), stat.size()));
        objects.delete(nameOf(digest));
        return Optional.of("s3://" + objects.bucket() + "/" + objects.key(aside));
    }

    private boolean isBefore(Digest digest, Instant time) {
        return objects.find(nameOf(digest)).filter(s -> s.modified().isBefore(time)).isPresent();
    }

    @Override
    public void visitStagedBefore(Instant time, Consumer<String> visitor) {
        Map<String, Instant> grown = new TreeMap<>();
        objects.visit(UPLOADS, stat -> {
            String id = stat.name().substring(UPLOADS.length()).replaceFirst("/.*", "");
            grown.merge(id, stat.modified(), (one, other) -> one.isAfter(other) ? one : other);
        });
        grown.forEach((id, last) -> {
            if (last.isBefore(time)) {
                visitor.accept(id);
            }
        });
    }

    @Override
    public void discard(String id) {
        List<String> names = new ArrayList<>();
        objects.visit(UPLOADS + id + "/", stat -> names.add(stat.name()));
        objects.delete(names);
    }

    @Override
    public void close() {
        objects.client().close();
    }

    S3Objects objects() {
        return objects;
    }

    ChunkRecords chunks() {
        return chunks;
    }

    Semaphore budget() {
        return budget;
    }

    static String nameOf(Digest digest) {
        return BLOBS + digest.algorithm().label() + "/" + digest.encoded();
    }

    private static Optional<Digest> digestOf(String name) {
        return Digest.find(name.substring(BLOBS.length()).replace('/', ':'));
    }

    private record StoredObject(S3Objects objects, S3Objects.Stat stat) implements StoredBlob {
        @Override
        public long size() {
            return stat.size();
        }

        @Override
        public ReadableByteChannel open(long offset) {
            return new S3Channel(objects, stat.name(), offset);
        }
    }
}
