package dev.chandlery.oci.http;

import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** Sends content under a watch; failures of the content are told apart from those of the wire. */
final class WatchedBody extends RequestBody {
    private static final int BUFFER_BYTES = 64 * 1024;

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

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        watch.end();
        try (InputStream in = open()) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long sent = 0;
            for (int n = read(in, buffer); n >= 0; n = read(in, buffer)) {
                sent += n;
                if (sent > body.sizeBytes()) {
                    throw wrongSize("more");
                }
                write(sink, buffer, n);
            }
            if (sent < body.sizeBytes()) {
                throw wrongSize(sent + " bytes");
            }
        }
        watch.resume();
    }

    private void write(BufferedSink sink, byte[] buffer, int count) throws IOException {
        watch.resume();
        try {
            sink.write(buffer, 0, count);
            sink.flush();
        } finally {
            watch.rest(count);
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

    private int read(InputStream in, byte[] buffer) throws LocalFailure {
        try {
            return in.read(buffer);
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
