package dev.chandlery.registry.http;

import java.time.Duration;

/**
 * How to listen.
 *
 * @param host literal address or name to bind
 * @param port TCP port
 * @param maxConnections more than that many wait in the system's queue
 * @param idleTimeout a connection on which nothing moves for that long is ended
 * @param stopTimeout how long running requests may go on after stop
 */
public record HttpServerOptions(String host, PortChoice port, int maxConnections,
        Duration idleTimeout,
        Duration stopTimeout) {

    private static final int MAX_CONNECTIONS = 1024;
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(20);

    public static HttpServerOptions of(String host, PortChoice port) {
        return new HttpServerOptions(host, port, MAX_CONNECTIONS, IDLE, STOP);
    }
}
