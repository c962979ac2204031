package dev.chandlery.upstream.fetch;

import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import dev.chandlery.upstream.FileHashes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One file on its way, hashed as it comes. What broke goes on where it broke as long as the server says that
 * the file is still the same one, else from the start. Not thread-safe.
 */
final class Transfer {
    private static final long MAX_ASSET = 16L * 1024 * 1024 * 1024;
    private static final int BUFFER = 64 * 1024;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int NO_SUCH_RANGE = 416;

    private final Downloads downloads;
    private final HttpCall call;
    private final TransferFile file;
    private final OptionalLong stated;
    private FileHashes hashes = new FileHashes();
    private long done;
    private OptionalLong size = OptionalLong.empty();
    private Optional<String> entityTag = Optional.empty();
    private boolean answered;

    /** @param stated size that upstream told before */
    Transfer(Downloads downloads, HttpCall call, TransferFile file, OptionalLong stated) {
        this.downloads = downloads;
        this.call = call;
        this.file = file;
        this.stated = stated;
    }

    /**
     * Goes on from where the last attempt ended.
     *
     * @return hashes of the whole
     * @throws TransferException that may be tried again when the connection broke
     */
    FileHashes.Result attempt() {
        if (done > 0 && entityTag.isEmpty()) {
            startAnew();
        }
        file.goOn(done);
        answered = false;
        Optional<ByteRange> rest = done > 0 && size.isPresent()
                ? entityTag.map(tag -> new ByteRange(done, OptionalLong.empty(), tag))
                : Optional.empty();
        try (HttpReply reply = downloads.send(rest.map(range -> range.of(call)).orElse(call))) {
            answered = true;
            if (rest.isPresent() && !rest.get().isAnsweredBy(reply, size.getAsLong())) {
                startAnew();
                file.goOn(done);
                if (reply.status() == 206 || reply.status() == NO_SUCH_RANGE) {
                    throw new TransferException("cannot " + call.action()
                            + ": the server sent another part than was asked for", null, true);
                }
            }
            if (done == 0) {
                begin(reply);
                Optional<FileHashes.Result> parts = inParts(reply);
                if (parts.isPresent()) {
                    return parts.get();
                }
            }
            copy(reply.body());
        }
        requireSize(stated.isPresent() ? stated : size, OptionalLong.of(done));
        return hashes.finish();
    }

    /** Whether the last attempt got an answer, if not all of it. */
    boolean answered() {
        return answered;
    }

    private void startAnew() {
        hashes = new FileHashes();
        done = 0;
        size = OptionalLong.empty();
        entityTag = Optional.empty();
    }

    private void begin(HttpReply reply) {
        if (reply.status() == NOT_FOUND || reply.status() == GONE) {
            throw new ContentNotFoundException("cannot " + call.action()
                    + ": upstream does not have it any more");
        }
        Downloads.requireSuccess(call, reply);
        size = Downloads.length(reply);
        requireSize(stated, size);
        entityTag = ByteRange.strongTag(reply);
    }

    /** Takes a large file by several connections; the reply, which has all of it, gives the first part. */
    private Optional<FileHashes.Result> inParts(HttpReply reply) {
        boolean may = size.isPresent() && size.getAsLong() >= downloads.limits().parallelFromBytes()
                && size.getAsLong() <= MAX_ASSET && entityTag.isPresent()
                && reply.header("Accept-Ranges").filter("bytes"::equalsIgnoreCase).isPresent();
        int extra = may ? downloads.borrowConnections() : 0;
        if (extra == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Parts(downloads, call, file, size.getAsLong(), entityTag.get())
                    .take(reply, extra));
        } finally {
            downloads.giveBack(extra);
        }
    }

    private void copy(InputStream in) {
        byte[] buffer = new byte[BUFFER];
        for (int n = read(call, in, buffer); n >= 0; n = read(call, in, buffer)) {
            if (stated.isPresent() && done + n > stated.getAsLong()) {
                throw new ContentMismatchException("what came when trying to " + call.action(),
                        stated.getAsLong() + " bytes", "more");
            }
            if (done + n > MAX_ASSET) {
                throw new LimitExceededException("cannot " + call.action() + ": more than "
                        + MAX_ASSET + " bytes");
            }
            file.write(done, ByteBuffer.wrap(buffer, 0, n));
            hashes.update(ByteBuffer.wrap(buffer, 0, n));
            done += n;
            file.readable(done);
        }
        if (size.isPresent() && done < size.getAsLong()) {
            throw new TransferException("cannot " + call.action() + ": the download ended after "
                    + done + " of " + size.getAsLong() + " bytes", null, true);
        }
    }

    static int read(HttpCall call, InputStream in, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new TransferException("cannot " + call.action() + ": the download broke: " + e
                    .getMessage(), e, true);
        }
    }

    private void requireSize(OptionalLong expected, OptionalLong actual) {
        if (expected.isPresent() && actual.isPresent() && expected.getAsLong() != actual
                .getAsLong()) {
            throw new ContentMismatchException("what came when trying to " + call.action(), expected
                    .getAsLong() + " bytes", actual.getAsLong() + " bytes");
        }
    }
}
