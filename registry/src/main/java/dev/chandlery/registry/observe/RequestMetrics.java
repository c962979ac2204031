package dev.chandlery.registry.observe;

import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.route.RequestObserver;
import dev.chandlery.registry.route.Served;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Requests by route, method and status: how many, how long, how many bytes. Nothing that a client may choose
 * at will becomes a label.
 */
public final class RequestMetrics implements RequestObserver {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH",
            "DELETE", "OPTIONS");
    private static final Duration[] BUCKETS = {Duration.ofMillis(1), Duration.ofMillis(5),
            Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(
                    500), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30),
            Duration.ofMinutes(5)};

    private record Kind(String route, String method, int status) {}

    private final MeterRegistry meters;
    private final ConcurrentHashMap<Kind, Timer> timers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Counter> refusals = new ConcurrentHashMap<>();
    private final Counter received;
    private final Counter sent;
    private final Counter incomplete;
    private final Counter malformed;

    public RequestMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.received = bytes("received");
        this.sent = bytes("sent");
        this.incomplete = Counter.builder("chandlery.registry.responses.incomplete")
                .description("Responses that the client did not take to their end")
                .register(meters);
        this.malformed = Counter.builder("chandlery.registry.requests.malformed")
                .description("Requests that the server refused before it knew what they ask")
                .register(meters);
    }

    private Counter bytes(String direction) {
        return Counter.builder("chandlery.registry.bodies")
                .baseUnit("bytes")
                .description("Bytes of bodies")
                .tag("direction", direction)
                .register(meters);
    }

    @Override
    public void answered(Served served) {
        Served.Refusal refusal = served.refusal();
        if (refusal != null) {
            refusals.computeIfAbsent(refusal.code(), code -> Counter.builder(
                    "chandlery.registry.refusals")
                    .description("Requests answered with an error, by its code")
                    .tag("code", code)
                    .register(meters)).increment();
        }
    }

    @Override
    public void sent(Served served, Transfer transfer) {
        Kind kind = new Kind(served.route(), method(served.request()), served.response().status());
        Timer timer = timers.get(kind);
        if (timer == null) {
            timer = timers.computeIfAbsent(kind, this::timer);
        }
        timer.record(transfer.nanos(), TimeUnit.NANOSECONDS);
        received.increment((double) transfer.received());
        sent.increment((double) transfer.sent());
        if (!transfer.complete()) {
            incomplete.increment();
        }
    }

    private Timer timer(Kind kind) {
        return Timer.builder("chandlery.registry.requests")
                .description("From a request's header to its response's last byte")
                .tag("route", kind.route())
                .tag("method", kind.method())
                .tag("status", Integer.toString(kind.status()))
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
    }

    @Override
    public void malformed(int status) {
        malformed.increment();
    }

    private static String method(HttpRequest request) {
        return METHODS.contains(request.method()) ? request.method() : "OTHER";
    }
}
