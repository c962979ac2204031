package dev.chandlery.publisher.push;

import dev.chandlery.oci.content.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file that is read while it is still being written. Its last byte is given only when the file is proven, so
 * that no reader ever has all of one that is not; reading fails when that is not going to happen.
 *
 * <p><b>Concurrency:</b> {@code lock} guards all fields; one writes, one reads.
 */
final class FollowedFile implements Content {
    private final long size;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Path file;
    private long readable;
    private boolean proven;
    private boolean givenUp;

    /** @param size of the whole in bytes */
    FollowedFile(long size) {
        this.size = size;
    }

    /** The first bytes are there, up to this one; they may become fewer. */
    void grow(Path path, long bytes) {
        change(() -> {
            file = path;
            readable = bytes;
        });
    }

    /** All of it is there, and is what it should be. */
    void prove(Path path) {
        change(() -> {
            file = path;
            proven = !givenUp;
        });
    }

    /** It is not going to be proven; does nothing when it was. */
    void giveUp() {
        change(() -> givenUp = !proven);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the first bytes; false when none will come. */
    boolean awaitBegin() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!givenUp && !proven && readable == 0) {
                changed.await();
            }
            return !givenUp;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for all of it; empty when it is not going to be proven. */
    @Nullable
    Path awaitProof() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!givenUp && !proven) {
                changed.await();
            }
            return givenUp ? null : file;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean replayable() {
        return false;
    }

    /** To be asked for after {@link #awaitBegin}. */
    @Override
    public InputStream open() throws IOException {
        lock.lock();
        try {
            if (file == null) {
                throw new IOException("nothing of it is there yet");
            }
            return new Following(Files.newInputStream(file));
        } finally {
            lock.unlock();
        }
    }

    /** Where a reader that is at a place may read to; waits until that is farther. */
    private long end(long at) throws IOException {
        lock.lock();
        try {
            while (true) {
                if (givenUp) {
                    throw new IOException("the download failed, or was not proven");
                }
                long end = proven ? size : Math.min(readable, size - 1);
                if (end > at || proven) {
                    return end;
                }
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } finally {
            lock.unlock();
        }
    }

    private final class Following extends InputStream {
        private final InputStream in;
        private long at;

        Following(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int n = in.read(buffer, offset, (int) Math.min(length, Math.max(1, end(at) - at)));
            at += Math.max(0, n);
            return n;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
