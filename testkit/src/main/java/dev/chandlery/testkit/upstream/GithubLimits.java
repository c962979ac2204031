package dev.chandlery.testkit.upstream;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The API's rate limits: 60 requests an hour to the anonymous, 5,000 with a token. */
public final class GithubLimits {
    private static final Duration WINDOW = Duration.ofHours(1);

    private final InstantSource clock;
    private int anonymous = 60;
    private int authenticated = 5000;
    private int used;
    private Instant reset;
    private int refusals;
    private int refusalStatus;
    private long retryAfterSeconds;

    GithubLimits(InstantSource clock) {
        this.clock = clock;
        this.reset = clock.instant().plus(WINDOW);
    }

    /** Sets how many requests an hour it takes without and with a token, and begins a new hour. */
    public synchronized void set(int withoutToken, int withToken) {
        anonymous = withoutToken;
        authenticated = withToken;
        used = 0;
    }

    /** When the current hour ends. */
    public synchronized void resetAt(Instant when) {
        reset = when;
    }

    /**
     * Refuses the next requests as GitHub's secondary limit does.
     *
     * @param status 403 or 429
     */
    public synchronized void refuseNext(int requests, int status, Duration retryAfter) {
        refusals = requests;
        refusalStatus = status;
        retryAfterSeconds = retryAfter.toSeconds();
    }

    /** Refuses the next requests as the secondary limit does when it states no time. */
    public synchronized void refuseNextByWords(int requests) {
        refusals = requests;
        refusalStatus = 403;
        retryAfterSeconds = -1;
    }

    /** How many requests counted against the limit. */
    public synchronized int used() {
        return used;
    }

    /** Whether the request was refused, and so answered. */
    synchronized boolean refuse(HttpExchange exchange, boolean token) throws IOException {
        if (!clock.instant().isBefore(reset)) {
            used = 0;
            reset = clock.instant().plus(WINDOW);
        }
        if (refusals > 0) {
            refusals--;
            if (retryAfterSeconds < 0) {
                refuseByWords(exchange);
                return true;
            }
            exchange.getResponseHeaders().set("Retry-After", Long.toString(retryAfterSeconds));
            exchange.sendResponseHeaders(refusalStatus, -1);
            return true;
        }
        if (used >= limit(token)) {
            state(exchange, token);
            exchange.sendResponseHeaders(403, -1);
            return true;
        }
        return false;
    }

    private static void refuseByWords(HttpExchange exchange) throws IOException {
        byte[] body =
                """
                {"message":"You have exceeded a secondary rate limit. Please wait a few minutes."}"""
                        .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(403, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Counts a request that is answered; 304 is free only for those with a token. */
    synchronized void count(HttpExchange exchange, boolean token, boolean unchanged) {
        if (!(unchanged && token)) {
            used++;
        }
        state(exchange, token);
    }

    private int limit(boolean token) {
        return token ? authenticated : anonymous;
    }

    private void state(HttpExchange exchange, boolean token) {
        var headers = exchange.getResponseHeaders();
        headers.set("X-RateLimit-Limit", Integer.toString(limit(token)));
        headers.set("X-RateLimit-Remaining", Integer.toString(Math.max(0, limit(token) - used)));
        headers.set("X-RateLimit-Used", Integer.toString(used));
        headers.set("X-RateLimit-Reset", Long.toString(reset.getEpochSecond()));
        headers.set("X-RateLimit-Resource", "core");
    }
}
