package dev.chandlery.testkit.upstream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A site on loopback whose files may be broken in the ways that sites are. */
public final class FlawedSite implements AutoCloseable {

    /** How a file is served. */
    public enum Fault {
        NONE, TRUNCATED, OTHER_SIZE, FLIPPED,
        /** No answer comes, and the connection stays. */
        SILENT,
        /** Nothing comes after the first half, and the connection stays. */
        STALLED,
        /** A byte comes now and then. */
        TRICKLING,
        /** Bytes come for ever, and their number is not said. */
        ENDLESS,
        /** It is always at another address. */
        REDIRECTING
    }

    /** Writes a body of a given size. */
    public interface Body {
        /** Writes all of it. */
        void writeTo(OutputStream out) throws IOException;
    }

    private record Page(long size, Body body, Fault fault) {}

    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> downloads = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    /** Starts on a free port. */
    public FlawedSite() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Without a slash at the end. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Serves a file as it is. */
    public void put(String path, byte[] bytes) {
        put(path, bytes, Fault.NONE);
    }

    /** Serves a file with a flaw. */
    public void put(String path, byte[] bytes, Fault fault) {
        pages.put(path, new Page(bytes.length, out -> out.write(bytes), fault));
    }

    /** Serves a file that is too large to be held. */
    public void put(String path, long size, Body body) {
        pages.put(path, new Page(size, body, Fault.NONE));
    }

    /** How often a file was asked for, not counting questions of its size. */
    public int downloads(String path) {
        AtomicInteger count = downloads.get(path);
        return count == null ? 0 : count.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Page page = pages.get(exchange.getRequestURI().getPath());
            if (page == null) {
                exchange.sendResponseHeaders(404, -1);
            } else if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", Long.toString(page.size));
                exchange.sendResponseHeaders(200, -1);
            } else {
                downloads.computeIfAbsent(exchange.getRequestURI().getPath(),
                        _ -> new AtomicInteger()).incrementAndGet();
                send(exchange, page);
            }
        }
    }

    private void send(HttpExchange exchange, Page page) throws IOException {
        switch (page.fault) {
            case NONE -> {
                exchange.sendResponseHeaders(200, page.size);
                page.body.writeTo(exchange.getResponseBody());
            }
            case FLIPPED -> {
                byte[] bytes = bytes(page);
                bytes[bytes.length / 2] ^= 1;
                exchange.sendResponseHeaders(200, page.size);
                exchange.getResponseBody().write(bytes);
            }
            case TRUNCATED -> {
                exchange.sendResponseHeaders(200, page.size);
                exchange.getResponseBody().write(bytes(page), 0, (int) page.size / 2);
            }
            case SILENT -> isClosed(Long.MAX_VALUE);
            case STALLED -> {
                exchange.sendResponseHeaders(200, page.size);
                exchange.getResponseBody().write(bytes(page), 0, (int) page.size / 2);
                exchange.getResponseBody().flush();
                isClosed(Long.MAX_VALUE);
            }
            case TRICKLING -> {
                exchange.sendResponseHeaders(200, page.size);
                trickle(bytes(page), exchange.getResponseBody());
            }
            case ENDLESS -> {
                exchange.sendResponseHeaders(200, 0);
                while (!isClosed(0)) {
                    exchange.getResponseBody().write(bytes(page));
                }
            }
            case REDIRECTING -> {
                exchange.getResponseHeaders()
                        .set("Location", exchange.getRequestURI().getPath()
                                + "?" + System.nanoTime());
                exchange.sendResponseHeaders(302, -1);
            }
            case OTHER_SIZE -> {
                exchange.sendResponseHeaders(200, page.size - 1);
                exchange.getResponseBody().write(bytes(page), 0, (int) page.size - 1);
            }
        }
    }

    private void trickle(byte[] bytes, OutputStream out) throws IOException {
        for (int i = 0; i < bytes.length && !isClosed(200); i++) {
            out.write(bytes[i]);
            out.flush();
        }
    }

    /** Waits so long for this site to be closed. */
    private boolean isClosed(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static byte[] bytes(Page page) throws IOException {
        var buffer = new java.io.ByteArrayOutputStream();
        page.body.writeTo(buffer);
        return buffer.toByteArray();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.close();
    }
}
