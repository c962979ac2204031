package dev.chandlery.registry.http;

import java.time.Duration;
import java.util.Optional;

/**
 * How to listen.
 *
 * @param host literal address or name to bind
 * @param port TCP port
 * @param tls certificate to encrypt with; plain HTTP when empty
 * @param proxies that are believed who asks
 * @param pace what is expected of clients
 * @param stopTimeout how long running requests may go on after stop
 */
public record HttpServerOptions(String host, PortChoice port, Optional<ServerCertificate> tls,
        TrustedProxies proxies, Pace pace, Duration stopTimeout) {
    private static final Duration STOP = Duration.ofSeconds(20);

    /**
     * What is expected of clients.
     *
     * @param maxConnections more than that many wait in the system's queue
     * @param addressConnections more than that many of one address are ended at once; 0 for any number
     * @param idleTimeout a connection on which nothing moves for that long is ended
     * @param headerTimeout a request whose header is not complete that long after its first byte is ended
     * @param minBodyBytesPerSecond a body that comes slower on average is ended with 408
     * @param minSendBytesPerSecond a response that is taken more slowly on average is cut off; 0 for any speed
     * @param grace for so long a body may come, and a response be taken, as slowly as the client likes
     */
    public record Pace(int maxConnections, int addressConnections, Duration idleTimeout,
            Duration headerTimeout, long minBodyBytesPerSecond, long minSendBytesPerSecond,
            Duration grace) {
        public static final Pace DEFAULTS = new Pace(4096, 2048, Duration.ofSeconds(60), Duration
                .ofSeconds(20), 512, 512, Duration.ofSeconds(15));
    }

    /** Plain HTTP with the usual limits. */
    public static HttpServerOptions of(String host, PortChoice port) {
        return new HttpServerOptions(host, port, Optional.empty(), TrustedProxies.NONE,
                Pace.DEFAULTS, STOP);
    }

    public HttpServerOptions withTls(ServerCertificate certificate) {
        return new HttpServerOptions(host, port, Optional.of(certificate), proxies, pace,
                stopTimeout);
    }

    public HttpServerOptions withPace(Pace replaced) {
        return new HttpServerOptions(host, port, tls, proxies, replaced, stopTimeout);
    }

    public HttpServerOptions withProxies(TrustedProxies replaced) {
        return new HttpServerOptions(host, port, tls, replaced, pace, stopTimeout);
    }
}
