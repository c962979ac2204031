package dev.chandlery.oci.http;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.TransferException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Response;

/**
 * An answer whose head has been read; the body is read by the caller, who closes the reply. Not
 * thread-safe.
 */
public final class HttpReply implements AutoCloseable {
    private final Response response;
    private final URI uri;
    private final InputStream body;
    private final String action;
    private final Runnable cut;

    /** @param cut ends its connection */
    HttpReply(Response response, HttpCall call, InputStream body, Runnable cut) {
        this.cut = cut;
        this.response = response;
        this.uri = call.uri();
        this.action = call.action();
        this.body = body;
    }

    public int status() {
        return response.code();
    }

    /** Whether the status is 2xx. */
    public boolean isSuccess() {
        return response.isSuccessful();
    }

    /** The last line of that name, in any case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(response.header(name));
    }

    /** All lines of that name, in order; empty when there are none. */
    public List<String> headers(String name) {
        return response.headers(name);
    }

    /** All lines by their names in lower case. */
    public Map<String, List<String>> headers() {
        return response.headers().toMultimap();
    }

    /**
     * The body as it comes: it may end early when it was sent without a length, so compare size and
     * digest. Reads fail with {@link IOException} when the peer stalls or the connection breaks.
     */
    public InputStream body() {
        return body;
    }

    /**
     * The whole body.
     *
     * @param limit most bytes that are accepted
     * @throws LimitExceededException when there are more
     * @throws TransferException when the connection broke
     */
    public Bytes bytes(long limit) {
        try {
            byte[] read = body.readNBytes(Math.toIntExact(limit + 1));
            if (read.length > limit) {
                throw new LimitExceededException("cannot " + action + ": the answer is larger than "
                        + limit + " bytes");
            }
            return Bytes.of(read);
        } catch (IOException e) {
            throw Failures.of(action, e);
        }
    }

    /** Where the answer came from: the call's URI, or where redirects ended. */
    public URI uri() {
        return uri;
    }

    /** Ends the connection at once, where closing reads on for a moment to keep it. */
    public void abort() {
        cut.run();
        close();
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            // Only read from: nothing is lost.
        } finally {
            response.close();
        }
    }
}
