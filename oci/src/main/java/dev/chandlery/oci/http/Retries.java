package dev.chandlery.oci.http;

import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.http.TransportOptions.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/**
 * Decides on repetition, and keeps a gate per origin: who is told to wait makes all calls to that origin
 * wait.
 *
 * <p><b>Concurrency:</b> thread-safe; waits outside of any lock.
 */
final class Retries {
    private static final int PATIENCE = 3;
    private static final long MOST_JITTER_MILLIS = 500;

    private final RetryPolicy policy;
    private final Pause pause;
    private final HttpListener listener;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Map<Origin, Long> closedUntil = new ConcurrentHashMap<>();
    private final Map<Origin, LongAdder> throttles = new ConcurrentHashMap<>();

    Retries(RetryPolicy policy, Pause pause, HttpListener listener) {
        this.listener = listener;
        this.policy = policy;
        this.pause = pause;
    }

    int attempts() {
        return policy.attempts();
    }

    /**
     * How often a call may be sent that this is the answer to: one that only wants patience may be tried for
     * longer than one that fails. 503 alone may mean either, and counts as a failure.
     */
    int attempts(HttpReply reply) {
        boolean told = reply.header("Retry-After").isPresent();
        boolean patience = reply.status() == 429 || (told && isThrottle(reply.status(), true));
        return patience ? PATIENCE * policy.attempts() : policy.attempts();
    }

    /** How often that origin has asked for patience so far. */
    long throttles(Origin origin) {
        LongAdder count = throttles.get(origin);
        return count == null ? 0 : count.sum();
    }

    /** Waits until the gate of the call's origin is open; not all that wait go through it at once. */
    void awaitTurn(HttpCall call) {
        Long until = closedUntil.get(Origin.of(call.uri()));
        long millis = until == null ? 0 : until - pause.nowMillis();
        if (millis > 0) {
            sleep(call.action(), Duration.ofMillis(millis + random.nextLong(1 + Math.min(
                    MOST_JITTER_MILLIS, millis / 2))));
        }
    }

    /** Whether such a reply may change; closes the gate for as long as the server asks for. */
    boolean shouldRepeat(HttpCall call, HttpReply reply) {
        Optional<Duration> asked = reply.header("Retry-After").flatMap(this::parseRetryAfter);
        if (isThrottle(reply.status(), asked.isPresent())) {
            throttles.computeIfAbsent(Origin.of(call.uri()), _ -> new LongAdder()).increment();
            listener.on(new HttpEvent.Throttled(Origin.of(reply.uri()), call.method(),
                    reply.status(), asked.orElse(Duration.ZERO)));
        }
        boolean told = isThrottle(reply.status(), asked.isPresent()) && !call.isPatient();
        if (told || !isTransient(reply.status(), asked.isPresent())
                || asked.filter(d -> d.compareTo(policy.retryAfterCap()) > 0).isPresent()) {
            return false;
        }
        if (asked.isPresent()) {
            long until = pause.nowMillis() + asked.get().toMillis();
            closedUntil.merge(Origin.of(reply.uri()), until, Math::max);
            closedUntil.merge(Origin.of(call.uri()), until, Math::max);
        }
        return true;
    }

    /** Takes the back-off after that failed attempt. */
    void pause(String action, int attempt) {
        long ceiling = Math.min(policy.cap().toMillis(),
                policy.base().toMillis() << Math.min(attempt - 1, 20));
        sleep(action, Duration.ofMillis(ceiling / 2 + random.nextLong(ceiling / 2 + 1)));
    }

    /** Waits for so long; not at all when that is zero. */
    void pause(String action, Duration duration) {
        if (duration.isPositive()) {
            sleep(action, duration);
        }
    }

    /** Workaround(GHCR, GitHub API): secondary rate limits come as 403 with Retry-After. */
    private static boolean isThrottle(int status, boolean toldToWait) {
        return status == 429 || status == 503 || (status == 403 && toldToWait);
    }

    private static boolean isTransient(int status, boolean toldToWait) {
        return switch (status) {
            case 408, 500, 502, 504 -> true;
            default -> isThrottle(status, toldToWait);
        };
    }

    private Optional<Duration> parseRetryAfter(String value) {
        if (value.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional
                    .of(Duration.ofMillis(Math.max(0, at.toEpochMilli() - pause.nowMillis())));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private void sleep(String action, Duration duration) {
        try {
            pause.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("cannot " + action + ": interrupted");
        }
    }
}
