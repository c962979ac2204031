package dev.chandlery.publisher;

import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.publisher.pack.PackedBlob;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Pushes a blob that several platforms share, such as the empty config, from one of them at a time; the
 * others find it there. Distribution's registry writes the link to a blob anew with each commit, and has no
 * such blob in between, so that manifests that name it are refused.
 */
final class BlobPushes {
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    void push(RemoteRepository repository, PackedBlob blob) {
        ReentrantLock lock = locks.computeIfAbsent(repository + "@" + blob.descriptor().digest(),
                _ -> new ReentrantLock());
        lock.lock();
        try {
            repository.push(blob.descriptor(), blob.content());
        } finally {
            lock.unlock();
        }
    }
}
