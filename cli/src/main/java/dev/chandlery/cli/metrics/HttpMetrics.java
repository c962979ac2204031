package dev.chandlery.cli.metrics;

import dev.chandlery.oci.http.HttpEvent;
import dev.chandlery.oci.http.HttpListener;
import dev.chandlery.oci.http.Origin;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures what happens on the wire. The registries of registry.yaml have the role {@code registry}; every
 * other host, upstreams and those that a registry sends its clients to, {@code upstream}.
 */
public final class HttpMetrics implements HttpListener {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH",
            "DELETE");
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final Metrics metrics;
    private final Map<String, String> registries = new ConcurrentHashMap<>();
    private final AtomicLong received = new AtomicLong();

    public HttpMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Counts requests to that place as such to a registry.
     *
     * @param place host, or host and port where it is not the scheme's own
     * @param name that it is shown under; of a registry whose port is another each time, one that stays
     */
    public void registry(String place, String name) {
        registries.put(place, name);
    }

    /** Bytes of answers that came from registries so far, as their heads stated them. */
    public long receivedFromRegistries() {
        return received.get();
    }

    @Override
    public void on(HttpEvent event) {
        String place = place(event.origin());
        String name = registries.get(place);
        String role = name == null ? "upstream" : "registry";
        String host = name == null ? place : name;
        switch (event) {
            case HttpEvent.Answered answered -> answered(answered, role, host);
            case HttpEvent.Throttled _ -> metrics.add(Metric.HTTP_THROTTLED, 1, role, host);
            case HttpEvent.Repeated _ -> metrics.add(Metric.HTTP_RETRIES, 1, role, host);
            case HttpEvent.Quota quota -> {
                metrics.set(Metric.RATE_LIMIT_LEFT, (double) quota.left(), host);
                quota.limit()
                        .ifPresent(limit -> metrics.set(Metric.RATE_LIMIT, (double) limit, host));
            }
        }
    }

    private void answered(HttpEvent.Answered event, String role, String host) {
        String method = METHODS.contains(event.method()) ? event.method() : "OTHER";
        metrics.record(Metric.HTTP_REQUESTS, event.took(), role, host, method, Integer.toString(
                event.status()));
        metrics.add(Metric.HTTP_SENT, event.sentBytes(), role, host);
        long bytes = method.equals("HEAD") ? 0 : event.statedBytes().orElse(0);
        metrics.add(Metric.HTTP_RECEIVED, bytes, role, host);
        if (role.equals("registry")) {
            received.addAndGet(bytes);
        }
    }

    private static String place(Origin origin) {
        boolean usual = origin.port() == (origin.isSecure() ? HTTPS_PORT : HTTP_PORT);
        return usual ? origin.host() : origin.host() + ":" + origin.port();
    }
}
