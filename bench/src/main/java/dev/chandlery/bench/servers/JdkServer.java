package dev.chandlery.bench.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.concurrent.Executors;

/** The JDK's own server with a virtual thread for each request. */
final class JdkServer {
    private static final int BACKLOG = 1024;

    private final Served served;

    private JdkServer(Served served) {
        this.served = served;
    }

    public static void main(String... args) throws IOException {
        // Its defaults close connections above 200, and wait for full packets.
        System.setProperty("sun.net.httpserver.maxIdleConnections", "2048");
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Served served = Served.of(args);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress
                .getLoopbackAddress(), served.port()),
                BACKLOG);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", new JdkServer(served)::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", Served.TYPE);
            exchange.getResponseHeaders().set(Served.DIGEST_FIELD, Served.DIGEST);
            if (exchange.getRequestMethod().equals("PUT")) {
                send(exchange, Served.digestOf(exchange.getRequestBody()));
            } else if (exchange.getRequestURI().getRawPath().equals(Served.FILE)) {
                exchange.sendResponseHeaders(200, Files.size(served.file()));
                Files.copy(served.file(), exchange.getResponseBody());
            } else {
                send(exchange, Served.fixed());
            }
        }
    }

    private static void send(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }
}
