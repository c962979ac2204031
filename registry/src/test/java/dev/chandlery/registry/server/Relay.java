package dev.chandlery.registry.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes connections on to a port of this machine, until it is cut, and after it was mended. */
final class Relay implements AutoCloseable {
    private final int target;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    private Relay(int target, ServerSocket server) {
        this.target = target;
        this.server = server;
    }

    static Relay to(int target) {
        try {
            Relay relay = new Relay(target, new ServerSocket(0, 50, InetAddress
                    .getLoopbackAddress()));
            Thread.ofVirtual().start(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** Ends all connections, and each new one at once. */
    void cut() {
        cut = true;
        open.forEach(Relay::end);
    }

    void mend() {
        cut = false;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (cut) {
                    end(client);
                } else {
                    connect(client);
                }
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket service = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(service);
        Thread.ofVirtual().start(() -> pass(client, service));
        Thread.ofVirtual().start(() -> pass(service, client));
    }

    private void pass(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException _) {
            return; // one side ended
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
