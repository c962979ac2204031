package dev.chandlery.publisher.push;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Manifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.PushHint;
import dev.chandlery.publisher.flow.Gate;
import dev.chandlery.publisher.pack.PackedArtifact;
import dev.chandlery.publisher.pack.PackedBlob;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/**
 * Pushes artifacts, children before parents, blobs side by side. A blob that several of them share, such as the
 * empty config, is pushed by one of them at a time; the others find it there. Distribution's registry writes the
 * link to a blob anew with each commit, and has no such blob in between, so that manifests that name it are
 * refused.
 *
 * <p><b>Concurrency:</b> thread-safe; one for a whole run. A blob's lock is taken before a connection, so that
 * nobody waits with a connection in hand.
 */
public final class ArtifactPush {
    private final Gate connections;
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** @param connections that all pushes together may use */
    public ArtifactPush(Gate connections) {
        this.connections = connections;
    }

    /**
     * Pushes what is not there yet; no tag is touched.
     *
     * @param progress takes the number of bytes of each blob that is there, by any thread
     */
    public void push(RemoteRepository repository, PackedArtifact artifact, LongConsumer progress) {
        pushBlobs(repository, artifact, progress);
        ManifestDocument manifest = artifact.manifest();
        connections.run(() -> repository.push(manifest.descriptor(), Content.of(manifest.raw())));
    }

    /**
     * Pushes artifacts that have one subject, side by side, and lists them with it.
     *
     * @param progress takes the number of bytes of each blob that is there, by any thread
     */
    public void attach(RemoteRepository repository, Descriptor subject,
            List<PackedArtifact> artifacts, LongConsumer progress) {
        TaskScope.mapAll("attach", artifacts, artifact -> {
            pushBlobs(repository, artifact, progress);
            ManifestDocument manifest = artifact.manifest();
            return connections.pass(() -> repository.push(manifest.descriptor(), Content.of(manifest
                    .raw()), PushHint.NONE));
        });
        if (!artifacts.isEmpty()) {
            repository.referrerLinker()
                    .ifPresent(linker -> connections.run(() -> linker.link(subject.digest(),
                            artifacts.stream()
                                    .map(ArtifactPush::entry)
                                    .toList())));
        }
    }

    /** As lists of referrers show it. */
    private static Descriptor entry(PackedArtifact artifact) {
        Descriptor descriptor = artifact.manifest().descriptor();
        Manifest manifest = artifact.manifest().manifest();
        Descriptor entry = Descriptor.of(descriptor.mediaType(), descriptor.digest(), descriptor
                .size()).withAnnotations(new TreeMap<>(manifest.annotations()));
        return manifest.effectiveArtifactType().map(entry::withArtifactType).orElse(entry);
    }

    private void pushBlobs(RemoteRepository repository, PackedArtifact artifact,
            LongConsumer progress) {
        TaskScope.mapAll("push", artifact.blobs(), blob -> {
            push(repository, blob);
            progress.accept(blob.descriptor().size());
            return true;
        });
    }

    /** Pushes one blob, if it is not there yet. */
    void push(RemoteRepository repository, PackedBlob blob) {
        ReentrantLock lock = lock(repository, blob);
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("cannot push blob " + blob.descriptor().digest()
                    + ": interrupted");
        }
        try {
            connections.run(() -> repository.push(blob.descriptor(), blob.content()));
        } finally {
            lock.unlock();
        }
    }

    /** Pushes one blob at once, unless that would keep another push waiting; whether it did. */
    boolean tryPush(RemoteRepository repository, PackedBlob blob) {
        ReentrantLock lock = lock(repository, blob);
        if (!lock.tryLock()) {
            return false;
        }
        try {
            if (!connections.tryEnter()) {
                return false;
            }
            try {
                repository.push(blob.descriptor(), blob.content());
                return true;
            } finally {
                connections.leave();
            }
        } finally {
            lock.unlock();
        }
    }

    private ReentrantLock lock(RemoteRepository repository, PackedBlob blob) {
        return locks.computeIfAbsent(repository + "@" + blob.descriptor().digest(),
                _ -> new ReentrantLock());
    }
}
