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
 * as many at a time as come. The first bytes of a connection wait for a round trip more, which is what
 * setting it up costs.
 */
public final class DelayProxy implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final ServerSocketChannel listening;
    private final Address server;
    private final long oneWayNanos;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    /** Listens at once. */
    public DelayProxy(Address server, Duration roundTrip) throws IOException {
        this.server = server;
        this.oneWayNanos = roundTrip.toNanos() / 2;
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
                long earliest = System.nanoTime() + 2 * oneWayNanos;
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
            Thread back = new DelayedStream(behind, client, oneWayNanos, earliest).start();
            Thread there = new DelayedStream(client, behind, oneWayNanos, earliest).start();
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
