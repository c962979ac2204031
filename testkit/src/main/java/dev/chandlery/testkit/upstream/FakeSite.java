package dev.chandlery.testkit.upstream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chandlery.oci.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers on loopback from a table, and remembers what it was asked. */
public final class FakeSite implements AutoCloseable {

    /**
     * One answer.
     *
     * @param headers sent with it
     */
    public record Page(int status, Map<String, String> headers, Bytes body) {
        /** With status 200. */
        public static Page of(String body) {
            return new Page(200, Map.of(), Bytes.ofUtf8(body));
        }

        /** This page with one more header. */
        public Page with(String name, String value) {
            Map<String, String> more = new java.util.TreeMap<>(headers);
            more.put(name, value);
            return new Page(status, more, body);
        }
    }

    /** What a client sent. */
    public record Seen(String method, String path, Optional<String> authorization) {}

    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** Starts on a free port. */
    public FakeSite() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** Without a slash at the end. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The address of a path. */
    public URI uri(String path) {
        return URI.create(address() + path);
    }

    /**
     * Sets an answer.
     *
     * @param target path with query, as it is asked
     */
    public void put(String target, Page page) {
        pages.put(target, page);
    }

    /** Requests so far. */
    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String target = exchange.getRequestURI().toString();
            seen.add(new Seen(exchange.getRequestMethod(), target, Optional.ofNullable(exchange
                    .getRequestHeaders()
                    .getFirst("Authorization"))));
            Page page = pages.get(target);
            if (page == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            String tag = exchange.getRequestHeaders().getFirst("If-None-Match");
            if (tag != null && tag.equals(page.headers().get("ETag"))) {
                exchange.sendResponseHeaders(304, -1);
                return;
            }
            page.headers().forEach(exchange.getResponseHeaders()::set);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (head) {
                exchange.getResponseHeaders()
                        .set("Content-Length", Integer.toString(
                                page.body().size()));
            }
            exchange.sendResponseHeaders(page.status(), head || page.body().size() == 0
                    ? -1
                    : page.body().size());
            if (!head) {
                exchange.getResponseBody().write(page.body().toArray());
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
