package dev.chandlery.registry.http;

import java.time.Duration;
import java.util.Optional;

/**
 * How to listen.
 *
 * @param host literal address or name to bind
 * @param port TCP port
 * @param tls certificate to encrypt with; plain HTTP when empty
 * @param pace what is expected of clients
 * @param stopTimeout how long running requests may go on after stop
 */
public record HttpServerOptions(String host, PortChoice port, Optional<ServerCertificate> tls,
        Pace pace, Duration stopTimeout) {
    private static final Duration STOP = Duration.ofSeconds(20);

    /**
     * What is expected of clients.
     *
     * @param maxConnections more than that many wait in the system's queue
     * @param idleTimeout a connection on which nothing moves for that long is ended
     * @param headerTimeout a request whose header is not complete that long after its first byte is ended
     * @param minBodyBytesPerSecond a body that comes slower on average is ended with 408
     * @param bodyGrace for so long a body may come as slowly as it likes
     */
    public record Pace(int maxConnections, Duration idleTimeout, Duration headerTimeout,
            long minBodyBytesPerSecond, Duration bodyGrace) {
        public static final Pace DEFAULTS = new Pace(4096, Duration.ofSeconds(60),
                Duration.ofSeconds(20), 512, Duration.ofSeconds(15));
    }

    /** Plain HTTP with the usual limits. */
    public static HttpServerOptions of(String host, PortChoice port) {
        return new HttpServerOptions(host, port, Optional.empty(), Pace.DEFAULTS, STOP);
    }

    public HttpServerOptions withTls(ServerCertificate certificate) {
        return new HttpServerOptions(host, port, Optional.of(certificate), pace, stopTimeout);
    }

    public HttpServerOptions withPace(Pace replaced) {
        return new HttpServerOptions(host, port, tls, replaced, stopTimeout);
    }
}
