package dev.chandlery.oci.http;

import dev.chandlery.oci.OciException;
import dev.chandlery.oci.TransferException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import okhttp3.Response;

/**
 * Sends calls: follows redirects by hand, repeats what failed for a while, and bounds everything.
 *
 * <p><b>Concurrency:</b> thread-safe; calls block their thread, and an interrupt of it cancels them.
 * Connections are pooled until {@link #close}.
 */
public final class HttpTransport implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HttpTransport.class.getName());
    private static final int MAX_REDIRECTS = 10;

    private final Clients clients;
    private final Watchdog watchdog;
    private final Retries retries;
    private final HttpListener listener;

    public HttpTransport(TransportOptions options) {
        this(options, Pause.REAL);
    }

    HttpTransport(TransportOptions options, Pause pause) {
        this.watchdog = new Watchdog(options.timeouts());
        this.clients = new Clients(options);
        this.listener = options.listener();
        this.retries = new Retries(options.retry(), pause, listener);
    }

    /**
     * Sends the call, and again as the policy says; blocking. Any final status is a reply, 4xx and 5xx
     * too; the caller closes it.
     *
     * @throws TransferException when no reply came after all attempts, or we refuse to go where the call
     *         or a redirect leads
     * @throws dev.chandlery.oci.OperationCancelledException when the thread is interrupted
     */
    public HttpReply send(HttpCall call) {
        int attempts = call.mayRepeat() ? retries.attempts() : 1;
        for (int attempt = 1;; attempt++) {
            boolean last = attempt >= attempts;
            try {
                retries.awaitTurn(call);
                HttpReply reply = follow(call);
                boolean tried = attempts == 1 || attempt >= retries.attempts(reply);
                if (!retries.shouldRepeat(call, reply) || tried) {
                    return reply;
                }
                reply.close();
                repeat(call, attempt);
            } catch (TransferException e) {
                if (last || !e.retryable()) {
                    throw e;
                }
                repeat(call, attempt);
            }
        }
    }

    private void repeat(HttpCall call, int attempt) {
        listener.on(new HttpEvent.Repeated(Origin.of(call.uri()), call.method(), attempt));
        retries.pause(call.action(), attempt);
    }

    private HttpReply follow(HttpCall first) {
        HttpCall call = first;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            HttpReply reply = exchange(call);
            Optional<HttpCall> next;
            try {
                next = Redirects.next(call, reply);
            } catch (OciException e) {
                reply.close();
                throw e;
            }
            if (next.isEmpty()) {
                return reply;
            }
            reply.close();
            call = next.get();
        }
        throw Redirects.refused(first, "more than " + MAX_REDIRECTS + " redirects");
    }

    private HttpReply exchange(HttpCall call) {
        Redirects.check(call);
        Watch watch = watchdog.watch();
        okhttp3.Call wire = clients.prepare(call, watch);
        long start = System.nanoTime();
        try {
            watch.begin(wire::cancel);
            Response response = execute(wire);
            watch.end();
            listener.on(answered(call, response, start));
            Quotas.of(call, response).ifPresent(listener::on);
            LOG.log(System.Logger.Level.DEBUG, () -> call.action() + " (" + call.method() + " "
                    + Origin.of(call.uri()) + "): " + response.code());
            return new HttpReply(response, call,
                    new WatchedStream(response.body().byteStream(), watch), wire::cancel);
        } catch (IOException e) {
            watch.end();
            throw Failures.of(call.action(), watch.explain(e));
        }
    }

    /** OkHttp's waiting for a connection throws an interrupt as it is, which its method does not declare. */
    private static Response execute(okhttp3.Call wire) throws IOException {
        try {
            return wire.execute();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(String.valueOf(e.getMessage()));
        }
    }

    private static HttpEvent answered(HttpCall call, Response response, long startNanos) {
        long stated = response.body().contentLength();
        return new HttpEvent.Answered(Origin.of(call.uri()), call.method(), response.code(),
                Duration.ofNanos(System.nanoTime() - startNanos),
                call.body().map(HttpCall.Body::sizeBytes).orElse(0L),
                stated < 0 ? OptionalLong.empty() : OptionalLong.of(stated));
    }

    /**
     * Takes the pause that comes after a failed attempt, for callers whose attempts are more than one
     * call.
     *
     * @param action for the message when the thread is interrupted
     * @param attempt how many have failed, from 1
     */
    public void backOff(String action, int attempt) {
        retries.pause(action, attempt);
    }

    /**
     * Waits for so long.
     *
     * @param action for the message when the thread is interrupted
     */
    public void pause(String action, Duration duration) {
        retries.pause(action, duration);
    }

    /** How many calls and open replies are watched now. */
    int watched() {
        return watchdog.watched();
    }

    /** How often that origin has asked for patience so far: 429, 503, or 403 with {@code Retry-After}. */
    public long throttles(Origin origin) {
        return retries.throttles(origin);
    }

    /** Whether servers may point at that origin. */
    public boolean isAllowed(Origin origin) {
        return clients.isAllowed(origin);
    }

    /** Drops the pooled connections; open replies break. */
    @Override
    public void close() {
        watchdog.close();
        clients.close();
    }
}
