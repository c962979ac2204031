package dev.chandlery.oci.http;

import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.StorageException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** Sends content under a watch; failures of the content are told apart from those of the wire. */
final class WatchedBody extends RequestBody {
    /** As many as the HTTP library keeps buffers for. */
    private static final long PIECE_BYTES = 64 * 1024;

    private final HttpCall call;
    private final HttpCall.Body body;
    private final Watch watch;

    WatchedBody(HttpCall call, HttpCall.Body body, Watch watch) {
        this.call = call;
        this.body = body;
        this.watch = watch;
    }

    @Override
    public @Nullable MediaType contentType() {
        return body.type() == null ? null : MediaType.parse(body.type().value());
    }

    @Override
    public long contentLength() {
        return body.sizeBytes();
    }

    /** OkHttp may send it again by itself only where we would. */
    @Override
    public boolean isOneShot() {
        return !call.mayRepeat();
    }

    /** Content is read right into the segments of the sink: no byte is copied on the way. */
    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        watch.end();
        try (InputStream in = open()) {
            long left = body.sizeBytes();
            if (left == 0 && isMore(in)) {
                throw wrongSize("more");
            }
            while (left > 0) {
                long piece = Math.min(left, PIECE_BYTES);
                fill(in, sink, piece, left);
                left -= piece;
                // Asked before the last piece goes out, so that nothing wrong is ever whole.
                if (left == 0 && isMore(in)) {
                    throw wrongSize("more");
                }
                write(sink, piece);
            }
        }
        watch.resume();
    }

    private void write(BufferedSink sink, long count) throws IOException {
        watch.resume();
        try {
            sink.flush();
        } finally {
            watch.rest(count);
        }
    }

    private void fill(InputStream in, BufferedSink sink, long count, long left)
            throws LocalFailure {
        long before = sink.getBuffer().size();
        try {
            sink.getBuffer().readFrom(in, count);
        } catch (EOFException e) {
            long read = sink.getBuffer().size() - before;
            throw wrongSize(body.sizeBytes() - left + read + " bytes");
        } catch (IOException e) {
            throw unreadable(e);
        } catch (OciException e) {
            throw new LocalFailure(e);
        }
    }

    private boolean isMore(InputStream in) throws LocalFailure {
        try {
            return in.read() >= 0;
        } catch (IOException e) {
            throw unreadable(e);
        } catch (OciException e) {
            throw new LocalFailure(e);
        }
    }

    private InputStream open() throws LocalFailure {
        try {
            return body.content().open();
        } catch (IOException e) {
            throw unreadable(e);
        } catch (OciException e) {
            throw new LocalFailure(e);
        }
    }

    private LocalFailure unreadable(IOException e) {
        return new LocalFailure(new StorageException(
                "cannot " + call.action() + ": cannot read the content: " + e.getMessage(), e));
    }

    private LocalFailure wrongSize(String actual) {
        return new LocalFailure(new ContentMismatchException("the content to " + call.action(),
                body.sizeBytes() + " bytes", actual));
    }
}
