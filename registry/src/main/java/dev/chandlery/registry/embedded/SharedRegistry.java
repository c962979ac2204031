package dev.chandlery.registry.embedded;

import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.embedded.RegistryHandle;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One folder's registry as the handles of this process share it: opened for the first, ended after the
 * last.
 *
 * <p><b>Concurrency:</b> the lock guards the count and the opening, which is waited for by all who want
 * the same folder. The end happens outside of it, as it waits for running requests; who comes meanwhile
 * waits for the end and begins anew.
 */
final class SharedRegistry {
    private final Path folder;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch ended = new CountDownLatch(1);
    private int handles;
    private boolean retired;
    /** Set while there are handles. */
    private @Nullable Tenure tenure;

    /** @param clock of the server, when this process starts it */
    SharedRegistry(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * One more handle; empty when the last one has just been closed, and all is cleared away.
     *
     * @param forget run when this registry has ended
     */
    Optional<RegistryHandle> enter(Runnable forget) {
        lock.lock();
        try {
            if (!retired) {
                return Optional.of(handle(forget));
            }
        } finally {
            lock.unlock();
        }
        awaitEnd();
        return Optional.empty();
    }

    private RegistryHandle handle(Runnable forget) {
        boolean opened = false;
        try {
            Tenure current = tenure == null ? Tenure.begin(folder, clock) : tenure;
            boolean before = tenure != null || current.joined();
            tenure = current;
            handles++;
            opened = true;
            return new Handle(this, current, before, forget, new AtomicBoolean());
        } finally {
            if (!opened) {
                retired = true;
                end(forget);
            }
        }
    }

    private void leave(Runnable forget) {
        Tenure last;
        lock.lock();
        try {
            handles--;
            if (handles > 0) {
                return;
            }
            retired = true;
            last = tenure;
        } finally {
            lock.unlock();
        }
        try {
            if (last != null) {
                last.close();
            }
        } finally {
            end(forget);
        }
    }

    private void end(Runnable forget) {
        forget.run();
        ended.countDown();
    }

    private void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("cannot open registry " + folder
                    + ": interrupted");
        }
    }

    private record Handle(SharedRegistry shared, Tenure tenure, boolean alreadyRunning,
            Runnable forget, AtomicBoolean closed) implements RegistryHandle {

        @Override
        public Registry registry() {
            return tenure.address();
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                shared.leave(forget);
            }
        }
    }
}
