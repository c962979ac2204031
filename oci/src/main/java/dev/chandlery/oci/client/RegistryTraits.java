package dev.chandlery.oci.client;

import dev.chandlery.oci.RepositoryName;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What one registry was found to do and not to do. Registries differ, and no name tells how: the first
 * request that could use a power tries it, and its answer counts for as long as the connection lives.
 *
 * <p><b>Concurrency:</b> thread-safe. Threads that ask at once may each try: what they find is the same.
 */
final class RegistryTraits {
    /** Chunks that every registry is known to take. */
    static final long MODEST_CHUNK_BYTES = 4L << 20;

    /** Names on a page that every registry is known to give. */
    static final int MODEST_PAGE = 100;

    private static final long LEAST_CHUNK_BYTES = 256L << 10;

    /** Whether a power is there. */
    enum Power {
        UNKNOWN, YES, NO
    }

    private final AtomicReference<Power> singlePost = new AtomicReference<>(Power.UNKNOWN);
    private final AtomicReference<Power> selfMount = new AtomicReference<>(Power.UNKNOWN);
    private final AtomicReference<Power> mount = new AtomicReference<>(Power.UNKNOWN);
    private final AtomicReference<Power> chunks = new AtomicReference<>(Power.UNKNOWN);
    private final AtomicReference<Power> referrers = new AtomicReference<>(Power.UNKNOWN);
    private final Set<RepositoryName> unmountable = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean modestPages = new AtomicBoolean();
    private final AtomicLong refusedBytes = new AtomicLong(Long.MAX_VALUE);

    /** Whether a blob may come with the POST that would open a session: <b>Spec:</b> end-4b. */
    Power singlePost() {
        return singlePost.get();
    }

    void singlePost(boolean there) {
        singlePost.set(there ? Power.YES : Power.NO);
    }

    /** Whether a mount of a repository's own blobs tells that they are there. */
    boolean maySelfMount() {
        return selfMount.get() != Power.NO && mount.get() != Power.NO;
    }

    void refusesSelfMount() {
        selfMount.set(Power.NO);
    }

    /** Whether blobs may be taken over from that repository. */
    boolean mayMount(RepositoryName from) {
        return mount.get() != Power.NO && !unmountable.contains(from);
    }

    void refusesMount(RepositoryName from) {
        unmountable.add(from);
    }

    void refusesMounts() {
        mount.set(Power.NO);
    }

    /** Whether the registry lists referrers by itself. */
    Power referrers() {
        return referrers.get();
    }

    void referrers(boolean there) {
        referrers.set(there ? Power.YES : Power.NO);
    }

    /** Names to ask for at a time, at most the number wanted. */
    int pageSize(int wanted) {
        return modestPages.get() ? Math.min(wanted, MODEST_PAGE) : wanted;
    }

    void refusesPage() {
        modestPages.set(true);
    }

    /** Chunks are dropped, or not known. */
    void refusesChunks() {
        chunks.set(Power.NO);
    }

    /**
     * Notes that a body of that many bytes was too large.
     *
     * @return whether a smaller one can be tried
     */
    boolean refusesBody(long bytes) {
        refusedBytes.accumulateAndGet(bytes, Math::min);
        return chunks.get() != Power.NO && bytes > LEAST_CHUNK_BYTES;
    }

    /**
     * In which pieces a blob is sent.
     *
     * @param wanted bytes in a chunk; 0 for one request
     * @return bytes in a chunk; 0 for one request
     */
    long chunkBytes(long blobBytes, long wanted) {
        long body = wanted > 0 ? Math.min(wanted, blobBytes) : blobBytes;
        long refused = refusedBytes.get();
        if (chunks.get() == Power.NO) {
            return 0;
        }
        if (body < refused) {
            return body < blobBytes ? body : 0;
        }
        long smaller = refused > MODEST_CHUNK_BYTES ? MODEST_CHUNK_BYTES : refused / 4;
        return Math.max(LEAST_CHUNK_BYTES, smaller);
    }
}
