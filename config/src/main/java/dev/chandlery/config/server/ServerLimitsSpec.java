package dev.chandlery.config.server;

import java.time.Duration;

/**
 * Limits of a server.
 *
 * @param pace of connections
 * @param uploads of content
 * @param rates of requests
 */
public record ServerLimitsSpec(Pace pace, Uploads uploads, Rates rates) {

    /**
     * What is expected of connections.
     *
     * @param connections most that are open at a time
     * @param addressConnections most that one address has open at a time; 0 for no limit
     * @param headerTimeout within which a request's header is complete
     * @param idleTimeout longest time in which nothing moves
     * @param minBodyBytesPerSecond least average speed of a body; 0 for any
     * @param minSendBytesPerSecond least average speed at which a response is taken; 0 for any
     */
    public record Pace(int connections, int addressConnections, Duration headerTimeout,
            Duration idleTimeout, long minBodyBytesPerSecond, long minSendBytesPerSecond) {}

    /**
     * What may be uploaded.
     *
     * @param concurrent most uploads that run at a time
     * @param maxBlobBytes largest blob
     */
    public record Uploads(int concurrent, long maxBlobBytes) {}

    /**
     * How many requests a second are answered.
     *
     * @param perCaller of one user or token; 0 for no limit
     * @param perAddress of one address; 0 for no limit
     */
    public record Rates(int perCaller, int perAddress) {}
}
