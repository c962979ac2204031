package dev.chandlery.cli.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Answers {@code GET /metrics}, and nothing else, on an address of its own. It has no rights and no TLS: bind
 * it to loopback, or to a network that only the collector is on.
 */
public final class PrometheusEndpoint implements AutoCloseable {
    private static final int BACKLOG = 16;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Supplier<String> figures;

    private PrometheusEndpoint(HttpServer server, Supplier<String> figures) {
        this.server = server;
        this.figures = figures;
    }

    /**
     * Begins to listen.
     *
     * @param address port 0 takes a free one
     * @param figures asked at each request
     * @throws StorageException when the address cannot be had
     */
    public static PrometheusEndpoint open(InetSocketAddress address, Supplier<String> figures) {
        try {
            PrometheusEndpoint endpoint = new PrometheusEndpoint(HttpServer.create(address,
                    BACKLOG), figures);
            endpoint.server.setExecutor(endpoint.threads);
            endpoint.server.createContext("/", endpoint::answer);
            endpoint.server.start();
            return endpoint;
        } catch (IOException e) {
            throw new StorageException("cannot serve metrics on " + address.getHostString() + ":"
                    + address.getPort() + ": " + e.getMessage(), e);
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals("/metrics")) {
                send(exchange, NOT_FOUND, "only /metrics is here\n");
                return;
            }
            String method = exchange.getRequestMethod();
            if (method.equals("GET") || method.equals("HEAD")) {
                send(exchange, OK, figures.get());
            } else {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, NOT_ALLOWED, "only GET is allowed\n");
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders()
                .set("Content-Type", status == OK
                        ? "text/plain; version=0.0.4; charset=utf-8"
                        : "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    /** Stops at once. */
    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
