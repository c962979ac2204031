package dev.chandlery.scheduler.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before a server on this machine, and can be shut: then connections end, and new ones too. */
final class Gate implements AutoCloseable {
    private final ServerSocket server;
    private final int behind;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean open = true;

    private Gate(ServerSocket server, int behind) {
        this.server = server;
        this.behind = behind;
    }

    static Gate before(int port) throws IOException {
        Gate gate = new Gate(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), port);
        Thread.ofVirtual().start(gate::accept);
        return gate;
    }

    int port() {
        return server.getLocalPort();
    }

    void open() {
        open = true;
    }

    void shut() {
        open = false;
        sockets.forEach(Gate::end);
        sockets.clear();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket in = server.accept();
                if (!open) {
                    end(in);
                    continue;
                }
                Socket out = new Socket(InetAddress.getLoopbackAddress(), behind);
                sockets.add(in);
                sockets.add(out);
                if (!open) { // shut meanwhile, perhaps before these two were seen
                    end(in);
                    end(out);
                    continue;
                }
                Thread.ofVirtual().start(() -> pump(in, out));
                Thread.ofVirtual().start(() -> pump(out, in));
            } catch (IOException _) {
                // closed, or the server is away
            }
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // shut
        } finally {
            end(from);
            end(to);
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
        shut();
        server.close();
    }
}
