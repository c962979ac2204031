package dev.chandlery.registry.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Ends connections that send a request's header so slowly that it is not complete in time. Each byte
 * restarts the idle timeout, so that without this a few thousand such connections keep all others out.
 *
 * <p><b>Concurrency:</b> one thread looks at all connections now and then; its notes are its own.
 */
final class HeaderWatch implements AutoCloseable {
    private static final int ROUNDS_PER_TIMEOUT = 4;

    /** Where a connection stood when it was last seen to complete something, and when. */
    private record Note(long requests, long bytes, long nanos) {}

    private final ServerConnector connector;
    private final ConnectionUse connections;
    private final Duration timeout;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<EndPoint, Note> notes = new HashMap<>();

    HeaderWatch(ServerConnector connector, ConnectionUse connections, Duration timeout) {
        this.connector = connector;
        this.connections = connections;
        this.timeout = timeout;
    }

    void start() {
        Thread.ofVirtual().name("registry-header-watch").start(this::run);
    }

    private void run() {
        long pause = Math.max(1, timeout.toMillis() / ROUNDS_PER_TIMEOUT);
        try {
            while (!closed.await(pause, TimeUnit.MILLISECONDS)) {
                look(System.nanoTime());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // nobody waits for us
        }
    }

    private void look(long now) {
        Set<EndPoint> open = Set.copyOf(connector.getConnectedEndPoints());
        notes.keySet().retainAll(open);
        connections.keepOnly(open);
        for (EndPoint connection : open) {
            Connection protocol = connection.getConnection();
            ConnectionUse.Use use = connections.of(connection);
            if (use.isBusy() || protocol == null) {
                notes.remove(connection);
                continue;
            }
            Note seen = new Note(use.begun(), protocol.getBytesIn(), now);
            Note before = notes.putIfAbsent(connection, seen);
            if (before == null) {
                continue;
            }
            if (before.requests() != seen.requests() || before.bytes() == seen.bytes()) {
                notes.put(connection, seen); // a request came through, or nothing came at all
            } else if (now - before.nanos() > timeout.toNanos()) {
                connection.close();
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
