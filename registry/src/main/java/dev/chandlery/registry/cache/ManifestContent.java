package dev.chandlery.registry.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.StorageException;
import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.blob.StoredBlob;
import dev.chandlery.registry.http.ResponseBody;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.Optional;

/**
 * Bytes of manifests by digest. Whether the asker may have them is settled before: a digest is never asked for
 * here that is no member of the repository. Thread-safe.
 */
public final class ManifestContent {
    private static final long MAX_BYTES = 24L * 1024 * 1024;
    /**
     * Larger ones are rare, and would push out many others. What was pushed out is in memory as long as a client
     * takes to read it; so these are read from storage piece by piece.
     */
    private static final int MAX_ENTRY_BYTES = 64 * 1024;
    private static final int ENTRY_BYTES = 256;

    private final BlobStorage storage;
    private final Cache<Digest, Bytes> contents = Caffeine.newBuilder()
            .maximumWeight(MAX_BYTES)
            .weigher((Digest _, Bytes bytes) -> ENTRY_BYTES + bytes.size())
            .recordStats()
            .build();

    public ManifestContent(BlobStorage storage) {
        this.storage = storage;
    }

    /** How this memory does. */
    public CacheCount count() {
        return CacheCount.of(contents);
    }

    /** Whether there are bytes to send. */
    public boolean has(Digest digest) {
        return contents.getIfPresent(digest) != null || storage.find(digest).isPresent();
    }

    /** What to send; empty when storage has lost it. */
    public Optional<ResponseBody> find(Digest digest) {
        Bytes known = contents.getIfPresent(digest);
        if (known != null) {
            return Optional.of(new ResponseBody.Whole(known));
        }
        return storage.find(digest).map(blob -> read(digest, blob));
    }

    private ResponseBody read(Digest digest, StoredBlob blob) {
        if (blob.size() > MAX_ENTRY_BYTES) {
            return new ResponseBody.Streamed(blob.open(0), blob.size());
        }
        try (InputStream in = Channels.newInputStream(blob.open(0))) {
            Bytes bytes = Bytes.of(in.readNBytes((int) blob.size()));
            if (!bytes.digest(digest.algorithm()).equals(digest)) {
                throw new StorageException("cannot send manifest " + digest
                        + ": what is stored is damaged; find out more by registry scrub",
                        new IOException("of digest " + bytes.digest(digest.algorithm())));
            }
            contents.put(digest, bytes);
            return new ResponseBody.Whole(bytes);
        } catch (IOException e) {
            throw new StorageException("cannot read manifest " + digest + ": " + e.getMessage(), e);
        }
    }
}
