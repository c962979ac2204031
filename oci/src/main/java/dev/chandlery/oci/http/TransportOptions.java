package dev.chandlery.oci.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Settings of an {@link HttpTransport}.
 *
 * @param timeouts of connections, and the least progress
 * @param retry when and how often a call is sent again
 * @param allowedOrigins private places that servers may point at
 * @param extraCertificates PEM files that are trusted besides the system's
 * @param environment where proxies are read from: {@code HTTPS_PROXY}, {@code HTTP_PROXY},
 *        {@code NO_PROXY}
 * @param idleConnections how many are kept open for later calls: as many as calls run at once, or most are
 *        closed after each
 * @param listener is told what happens on the wire
 */
public record TransportOptions(Timeouts timeouts, RetryPolicy retry, Set<Origin> allowedOrigins,
        List<Path> extraCertificates, SortedMap<String, String> environment, int idleConnections,
        HttpListener listener) {
    private static final int DEFAULT_IDLE_CONNECTIONS = 64;

    /**
     * Bounds in time.
     *
     * @param connect until a connection stands
     * @param idle longest silence of the peer, before and inside an answer
     * @param progressWindow reading or writing time in which {@code progressBytes} must move
     * @param progressBytes least progress
     */
    public record Timeouts(Duration connect, Duration idle, Duration progressWindow,
            long progressBytes) {
        public static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(20),
                Duration.ofSeconds(60), Duration.ofSeconds(60), 16L * 1024);
    }

    /**
     * Repetition of calls: jittered exponential back-off.
     *
     * @param attempts in all, at least 1
     * @param base longest pause after the first failure; doubled for each further one
     * @param cap longest pause of the back-off
     * @param retryAfterCap longest {@code Retry-After} that is waited for
     */
    public record RetryPolicy(int attempts, Duration base, Duration cap, Duration retryAfterCap) {
        public static final RetryPolicy DEFAULT = new RetryPolicy(4, Duration.ofMillis(500),
                Duration.ofSeconds(20), Duration.ofMinutes(2));
        public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO,
                Duration.ZERO);

        public RetryPolicy {
            if (attempts < 1) {
                throw new IllegalArgumentException("expected 1 or more attempts, got " + attempts);
            }
        }
    }

    public static final TransportOptions DEFAULT = new TransportOptions(Timeouts.DEFAULT,
            RetryPolicy.DEFAULT, Set.of(), List.of(), new TreeMap<>(), DEFAULT_IDLE_CONNECTIONS,
            HttpListener.NONE);

    public TransportOptions {
        allowedOrigins = Set.copyOf(allowedOrigins);
        extraCertificates = List.copyOf(extraCertificates);
        environment = new TreeMap<>(environment);
        if (idleConnections < 1) {
            throw new IllegalArgumentException(
                    "expected 1 or more idle connections, got " + idleConnections);
        }
    }

    /** Defaults with the proxies and the {@code SSL_CERT_FILE} of an environment. */
    public static TransportOptions of(Map<String, String> environment) {
        String bundle = environment.getOrDefault("SSL_CERT_FILE", "");
        List<Path> certificates = bundle.isEmpty() ? List.of() : List.of(Path.of(bundle));
        return new TransportOptions(Timeouts.DEFAULT, RetryPolicy.DEFAULT, Set.of(), certificates,
                new TreeMap<>(environment), DEFAULT_IDLE_CONNECTIONS, HttpListener.NONE);
    }

    public TransportOptions withTimeouts(Timeouts replaced) {
        return new TransportOptions(replaced, retry, allowedOrigins, extraCertificates,
                environment, idleConnections, listener);
    }

    public TransportOptions withRetry(RetryPolicy replaced) {
        return new TransportOptions(timeouts, replaced, allowedOrigins, extraCertificates,
                environment, idleConnections, listener);
    }

    public TransportOptions withAllowedOrigins(Set<Origin> replaced) {
        return new TransportOptions(timeouts, retry, replaced, extraCertificates, environment,
                idleConnections, listener);
    }

    public TransportOptions withIdleConnections(int count) {
        return new TransportOptions(timeouts, retry, allowedOrigins, extraCertificates,
                environment, count, listener);
    }

    public TransportOptions withListener(HttpListener replaced) {
        return new TransportOptions(timeouts, retry, allowedOrigins, extraCertificates,
                environment, idleConnections, replaced);
    }
}
