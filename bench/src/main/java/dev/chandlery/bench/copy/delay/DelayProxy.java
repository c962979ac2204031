package dev.chandlery.bench.copy.delay;

import dev.chandlery.bench.wire.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Listens on the loopback interface and passes all bytes on to a server, each later by half of a round trip,
 * as many at a time as come, and no faster than it is told. The first bytes of a connection wait for a round trip more, which is what
 * setting it up costs.
 */
public final class DelayProxy implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final ServerSocketChannel listening;
    private final Address server;
    private final Line line;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    /** Without a limit of bandwidth; listens at once. */
    public DelayProxy(Address server, Duration roundTrip) throws IOException {
        this(server, roundTrip, Long.MAX_VALUE);
    }

    /**
     * Listens at once.
     *
     * @param bytesPerSecond that each connection passes on at most, each way
     */
    public DelayProxy(Address server, Duration roundTrip, long bytesPerSecond)
            throws IOException {
        this.server = server;
        this.line = new Line(roundTrip.toNanos() / 2, bytesPerSecond);
        this.listening = ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        Thread.ofVirtual().name("proxy of " + server).start(this::accept);
    }

    /** Where clients connect to. */
    public Address address() throws IOException {
        return new Address(((InetSocketAddress) listening.getLocalAddress()).getPort());
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = listening.accept();
                open.add(client);
                long earliest = System.nanoTime() + 2 * line.delayNanos();
                Thread.ofVirtual().start(() -> serve(client, earliest));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void serve(SocketChannel client, long earliest) {
        try (client;
                SocketChannel behind = SocketChannel.open(new InetSocketAddress(InetAddress
                        .getLoopbackAddress(), server.port()))) {
            open.add(behind);
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            behind.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Thread back = new DelayedStream(behind, client, line, earliest).start();
            Thread there = new DelayedStream(client, behind, line, earliest).start();
            there.join();
            back.join();
            open.remove(behind);
        } catch (IOException _) {
            // the client sees its connection end
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (SocketChannel channel : open) {
            channel.close();
        }
    }
}
