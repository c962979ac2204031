package dev.chandlery.registry.upload;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What this process knows of a session in memory: who uses it, the hash of what came so far, and how many bytes
 * are counted for it.
 */
final class LiveUpload {
    private final ReentrantLock lock = new ReentrantLock();
    private final Algorithm algorithm;
    private final MessageDigest hash;
    private final RepositoryName repository;
    private final StagedBytes staged;
    private long hashedBytes;
    private long counted;
    private boolean ended;

    LiveUpload(Algorithm algorithm, RepositoryName repository, StagedBytes staged) {
        this.repository = repository;
        this.staged = staged;
        this.algorithm = algorithm;
        this.hash = algorithm.newMessageDigest();
    }

    ReentrantLock lock() {
        return lock;
    }

    RepositoryName repository() {
        return repository;
    }

    /** Counts so many bytes for it, instead of what was counted before. */
    synchronized void count(long bytes) {
        if (!ended) {
            staged.add(repository, bytes - counted);
            counted = bytes;
        }
    }

    synchronized long counted() {
        return counted;
    }

    /** Counts nothing for it any more. */
    synchronized void end() {
        count(0);
        ended = true;
    }

    /** Adds bytes that follow the first {@code offset} ones; without effect when those are unknown. */
    void update(long offset, byte[] buffer, int length) {
        if (hashedBytes == offset) {
            hash.update(buffer, 0, length);
            hashedBytes += length;
        }
    }

    /** Forgets the hash: bytes that it covers were cut off. */
    void invalidate() {
        hashedBytes = -1;
    }

    /** The digest of exactly that many bytes; empty when it must be computed from the content. */
    Optional<Digest> finish(Algorithm wanted, long size) {
        if (wanted != algorithm || hashedBytes != size) {
            return Optional.empty();
        }
        hashedBytes = -1;
        return Optional.of(Digest.of(algorithm, hash));
    }
}
