package dev.chandlery.upstream.fetch;

import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import dev.chandlery.upstream.FileHashes;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A large file taken in parts by several connections, and hashed in order behind them by reading back what
 * is written, so that memory stays the same whatever the size.
 *
 * <p><b>Concurrency:</b> one task for each connection takes the next part that nobody has; one task hashes.
 */
final class Parts {
    private static final int BUFFER = 64 * 1024;
    private static final int ATTEMPTS = 4;

    private final Downloads downloads;
    private final HttpCall call;
    private final TransferFile file;
    private final long size;
    private final String entityTag;
    private final long partBytes;
    private final AtomicInteger next = new AtomicInteger(1);
    private final List<CountDownLatch> ended;

    Parts(Downloads downloads, HttpCall call, TransferFile file, long size, String entityTag) {
        this.downloads = downloads;
        this.call = call;
        this.file = file;
        this.size = size;
        this.entityTag = entityTag;
        this.partBytes = downloads.limits().partBytes();
        this.ended = IntStream.range(0, Math.toIntExact((size + partBytes - 1) / partBytes))
                .mapToObj(_ -> new CountDownLatch(1))
                .toList();
    }

    /**
     * Takes all of it.
     *
     * @param reply with the whole file, which gives the first part and is closed then
     * @param extra connections beside the reply's
     * @throws TransferException that may be tried again when a part broke too often, or the file changed
     */
    FileHashes.Result take(HttpReply reply, int extra) {
        try (TaskScope<FileHashes.Result> scope = new TaskScope<>("download-part")) {
            scope.fork(this::hash);
            scope.fork(() -> {
                first(reply);
                return takeOthers();
            });
            for (int i = 0; i < extra; i++) {
                scope.fork(this::takeOthers);
            }
            return scope.join().getFirst();
        }
    }

    private FileHashes.Result takeOthers() {
        for (int part = next.getAndIncrement(); part < ended.size(); part = next
                .getAndIncrement()) {
            takePart(part);
        }
        return new FileHashes().finish(); // the hashing task has those that count
    }

    private void first(HttpReply reply) {
        try (reply) {
            copy(reply.body(), 0, end(0));
            ended.getFirst().countDown();
        } catch (TransferException e) {
            if (!e.retryable()) {
                throw e;
            }
            takePart(0);
        }
    }

    private void takePart(int part) {
        Patience patience = new Patience(ATTEMPTS);
        while (true) {
            try {
                fetch(part * partBytes, end(part));
                ended.get(part).countDown();
                return;
            } catch (TransferException e) {
                downloads.backOff(call, patience.failed(e, true));
            }
        }
    }

    /** Where a part ends; exclusive. */
    private long end(int part) {
        return Math.min(size, (part + 1) * partBytes);
    }

    private void fetch(long from, long to) {
        ByteRange range = new ByteRange(from, OptionalLong.of(to - 1), entityTag);
        try (HttpReply reply = downloads.send(range.of(call))) {
            if (!range.isAnsweredBy(reply, size)) {
                if (!reply.isSuccess()) {
                    Downloads.requireSuccess(call, reply);
                }
                throw new TransferException("cannot " + call.action()
                        + ": the file changed while it was fetched", null, true);
            }
            copy(reply.body(), from, to);
        }
    }

    private void copy(InputStream in, long from, long to) {
        byte[] buffer = new byte[BUFFER];
        long at = from;
        while (at < to) {
            int n = Transfer.read(call, in, buffer);
            if (n < 0) {
                throw new TransferException("cannot " + call.action() + ": the download ended at "
                        + at + " of " + size + " bytes", null, true);
            }
            int kept = (int) Math.min(n, to - at);
            file.write(at, ByteBuffer.wrap(buffer, 0, kept));
            at += kept;
        }
    }

    private FileHashes.Result hash() {
        FileHashes hashes = new FileHashes();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (int part = 0; part < ended.size(); part++) {
            await(ended.get(part));
            for (long at = part * partBytes; at < end(part); at += buffer.limit()) {
                buffer.clear().limit((int) Math.min(BUFFER, end(part) - at));
                file.read(at, buffer);
                hashes.update(buffer.flip());
                file.readable(at + buffer.limit());
            }
        }
        return hashes.finish();
    }

    private void await(CountDownLatch part) {
        try {
            part.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("cannot " + call.action() + ": interrupted");
        }
    }
}
