package dev.chandlery.publisher.push;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.oci.content.Content;
import dev.chandlery.publisher.pack.PackedBlob;
import dev.chandlery.upstream.FetchListener;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Pushes what upstream offers beside all else that is done with it: while it is downloaded, where upstream states
 * its digest and a connection is idle, else while it is packed. The upload of what is not proven in the end is
 * cancelled before its last byte. What did not come through is pushed once more in the ordinary way.
 *
 * <p><b>Concurrency:</b> belongs to the thread that opened it; {@link #came} and {@link #readable} may be called
 * by any. One virtual thread pushes.
 */
public final class EarlyPush implements FetchListener, AutoCloseable {
    /** Smaller ones are pushed as soon as they are proven. */
    private static final long WORTHWHILE_BYTES = 256 * 1024;

    private final ArtifactPush pushes;
    private final RemoteRepository repository;
    private final LongConsumer progress;
    private final Optional<Descriptor> expected;
    private final FollowedFile file;
    private final TaskScope<Boolean> scope = new TaskScope<>("early-push");
    private volatile @Nullable Descriptor proven;
    private boolean begun;

    private EarlyPush(ArtifactPush pushes, RemoteRepository repository,
            Optional<Descriptor> expected, LongConsumer progress) {
        this.pushes = pushes;
        this.repository = repository;
        this.expected = expected.filter(blob -> blob.size() >= WORTHWHILE_BYTES);
        this.progress = progress;
        this.file = new FollowedFile(expected.map(Descriptor::size).orElse(0L));
    }

    /** Pushes nothing; passes on how the download goes. */
    public static EarlyPush none(ArtifactPush pushes, RemoteRepository repository,
            LongConsumer progress) {
        return new EarlyPush(pushes, repository, Optional.empty(), progress);
    }

    /**
     * Waits for the download to begin.
     *
     * @param expected the blob that it is going to be, as upstream states it
     * @param progress takes the number of bytes that were downloaded
     */
    public static EarlyPush begin(ArtifactPush pushes, RemoteRepository repository,
            Optional<Descriptor> expected, LongConsumer progress) {
        EarlyPush early = new EarlyPush(pushes, repository, expected, progress);
        early.begun = true;
        early.scope.fork(early::push);
        return early;
    }

    @Override
    public void came(long bytes) {
        progress.accept(bytes);
    }

    @Override
    public void readable(Path path, long size) {
        file.grow(path, size);
    }

    /** The download is what it should be, and may be seen by all. */
    public void prove(Path path, Descriptor blob) {
        proven = blob;
        file.prove(path);
    }

    /**
     * Waits until it is pushed.
     *
     * @throws OciException when that failed
     */
    public void await() {
        if (begun) {
            begun = false;
            scope.join();
        }
    }

    private boolean push() throws InterruptedException {
        if (!file.awaitBegin()) {
            return false;
        }
        if (expected.isPresent() && follow(expected.get())) {
            return true;
        }
        Path whole = file.awaitProof();
        Descriptor blob = proven;
        if (whole == null || blob == null) {
            return false;
        }
        pushes.push(repository, new PackedBlob(blob, Content.of(whole)));
        return true;
    }

    private boolean follow(Descriptor blob) {
        try {
            return pushes.tryPush(repository, new PackedBlob(blob, file));
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException _) {
            return false; // the ordinary way tells what is wrong, if it still is
        }
    }

    /** Cancels an upload whose file was not proven. */
    @Override
    public void close() {
        file.giveUp();
        try (scope) {
            await();
        } catch (OciException _) {
            // what keeps the item from being published is known to who closes this
        }
    }
}
