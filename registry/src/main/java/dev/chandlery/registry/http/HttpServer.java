package dev.chandlery.registry.http;

/** A listening HTTP server; it stops by {@link #close}. */
public interface HttpServer extends AutoCloseable {

    /** The TCP port that it listens on. */
    int port();

    /** Takes no more connections, lets running requests finish within the configured time, ends. */
    @Override
    void close();
}
