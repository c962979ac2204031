package dev.chandlery.upstream.fetch;

import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.StorageException;
import dev.chandlery.upstream.FetchListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where a download is written. Tells how much came; what comes a second time is not told again.
 *
 * <p><b>Concurrency:</b> parts that do not overlap may be written by several threads.
 */
final class TransferFile implements AutoCloseable {
    private final Path file;
    private volatile FileChannel channel;
    private final FetchListener listener;
    private final AtomicLong came = new AtomicLong();
    private final AtomicLong told = new AtomicLong();

    private TransferFile(Path file, FileChannel channel, FetchListener listener) {
        this.file = file;
        this.channel = channel;
        this.listener = listener;
    }

    static TransferFile create(Path file, FetchListener listener) {
        return new TransferFile(file, open(file, StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE,
                StandardOpenOption.READ), listener);
    }

    private static FileChannel open(Path file, OpenOption... options) {
        try {
            return FileChannel.open(file, options);
        } catch (IOException e) {
            throw new StorageException("cannot write " + file + ": " + e, e);
        }
    }

    /** Writes all of the buffer at a place in the file. */
    void write(long position, ByteBuffer data) {
        int size = data.remaining();
        try {
            long at = position;
            while (data.hasRemaining()) {
                at += channel.write(data, at);
            }
        } catch (ClosedChannelException _) {
            throw cancelled();
        } catch (IOException e) {
            throw new StorageException("cannot write " + file + ": " + e, e);
        }
        tell(size);
    }

    /** Reads bytes that were written; fills the buffer or ends with the file. */
    void read(long position, ByteBuffer into) {
        try {
            long at = position;
            while (into.hasRemaining()) {
                int n = channel.read(into, at);
                if (n < 0) {
                    return;
                }
                at += n;
            }
        } catch (ClosedChannelException _) {
            throw cancelled();
        } catch (IOException e) {
            throw new StorageException("cannot read " + file + ": " + e, e);
        }
    }

    /** All bytes before that place are there. */
    void readable(long upTo) {
        listener.readable(file, upTo);
    }

    /** Cuts off what an earlier attempt wrote beyond the end. */
    void end(long size) {
        try {
            channel.truncate(size);
        } catch (IOException e) {
            throw new StorageException("cannot write " + file + ": " + e, e);
        }
    }

    /** From here on bytes come again that came before; an interrupted thread may have closed the channel. */
    void goOn(long position) {
        came.set(position);
        if (!channel.isOpen()) {
            channel = open(file, StandardOpenOption.WRITE, StandardOpenOption.READ);
        }
    }

    /** A channel closes when a thread that uses it is interrupted. */
    private OperationCancelledException cancelled() {
        return new OperationCancelledException("cannot write " + file + ": interrupted");
    }

    private void tell(int size) {
        long now = came.addAndGet(size);
        long before = told.getAndAccumulate(now, Math::max);
        if (now > before) {
            listener.came(now - before);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StorageException("cannot write " + file + ": " + e, e);
        }
    }
}
