package dev.chandlery.bench.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A server on this machine's loopback interface. */
public record Address(int port) {
    private static final String HOST = "127.0.0.1";

    /** A port that nobody listens on now. */
    public static Address free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Address(socket.getLocalPort());
        }
    }

    InetSocketAddress socket() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    public String url(String target) {
        return "http://" + this + target;
    }

    @Override
    public String toString() {
        return HOST + ":" + port;
    }
}
