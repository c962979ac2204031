package dev.chandlery.testkit.upstream;

import com.sun.net.httpserver.HttpExchange;
import dev.chandlery.testkit.upstream.FakeAsset.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The host that has the bytes; files are reached by links that the web site makes. */
final class GithubStorage implements AutoCloseable {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

    private final Map<String, FakeAsset> links = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final GithubRequests requests;
    private final GithubPace pace;
    private final LoopbackServer server;
    private volatile boolean once;

    GithubStorage(GithubRequests requests, GithubPace pace) {
        this.requests = requests;
        this.pace = pace;
        this.server = new LoopbackServer("localhost", this::answer);
    }

    String origin() {
        return server.origin();
    }

    void useLinksOnce() {
        once = true;
    }

    /** A new address of a file. */
    String link(FakeAsset asset) {
        String path = "/storage/" + asset.id() + "?sig=" + numbers.incrementAndGet();
        links.put(path, asset);
        return server.address() + path;
    }

    private void answer(HttpExchange exchange) throws IOException {
        pace.travel();
        requests.add(GithubRequests.Kind.STORAGE, exchange);
        String target = exchange.getRequestURI().toString();
        FakeAsset asset = once ? links.remove(target) : links.get(target);
        if (asset == null) {
            exchange.sendResponseHeaders(403, -1); // what signed links come to when they are old
            return;
        }
        Fault fault = asset.begin();
        switch (fault) {
            case MISSING -> exchange.sendResponseHeaders(404, -1);
            case BUSY_ONCE -> exchange.sendResponseHeaders(503, -1);
            case NONE, TRUNCATED, HANGS, BREAKS_ONCE, CHANGES_ON_RESUME, FLIPPED, OTHER_SIZE ->
                send(
                        exchange, asset, fault);
        }
    }

    /** The part of a file that is asked for, ends included. */
    private record Part(long first, long last, boolean whole) {
        long size() {
            return last - first + 1;
        }
    }

    private void send(HttpExchange exchange, FakeAsset asset, Fault fault)
            throws IOException {
        long size = asset.stored().sizeBytes() - (fault == Fault.OTHER_SIZE ? 1 : 0);
        exchange.getResponseHeaders().set("ETag", asset.entityTag(fault));
        if (asset.takesRanges()) {
            exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
        }
        Optional<Part> asked = part(exchange, asset, fault, size);
        if (asked.isEmpty()) {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + size);
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        Part part = asked.get();
        if (!part.whole()) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + part.first() + "-"
                            + part.last() + "/" + size);
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(part.size()));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(part.whole() ? 200 : 206, part.size() == 0 ? -1 : part.size());
        copy(asset, fault, part, exchange.getResponseBody());
    }

    /** The whole where ranges are not taken or the file has changed; empty when there is no such part. */
    private static Optional<Part> part(HttpExchange exchange, FakeAsset asset, Fault fault,
            long size) {
        Part whole = new Part(0, size - 1, true);
        String range = exchange.getRequestHeaders().getFirst("Range");
        String condition = exchange.getRequestHeaders().getFirst("If-Range");
        boolean changed = condition != null && !condition.equals(asset.entityTag(fault));
        if (range == null || !asset.takesRanges() || changed) {
            return Optional.of(whole);
        }
        Matcher matcher = RANGE.matcher(range);
        if (!matcher.matches()) {
            return Optional.of(whole);
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2).isEmpty() ? size - 1 : Long.parseLong(matcher.group(2));
        return first >= size
                ? Optional.empty()
                : Optional.of(new Part(first, Math.min(last, size - 1), false));
    }

    private void copy(FakeAsset asset, Fault fault, Part part, OutputStream out)
            throws IOException {
        boolean breaks = fault == Fault.TRUNCATED || fault == Fault.BREAKS_ONCE
                || fault == Fault.HANGS;
        long wanted = breaks ? part.size() / 2 : part.size();
        long flipped = fault == Fault.FLIPPED ? asset.stored().sizeBytes() / 2 : -1;
        try (InputStream in = asset.stored().content().open();
                GithubPace.Download download = pace.begin()) {
            in.skipNBytes(part.first());
            byte[] buffer = new byte[64 * 1024];
            long at = part.first();
            while (wanted > 0) {
                int n = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, wanted));
                if (flipped >= at && flipped < at + n) {
                    buffer[(int) (flipped - at)] ^= 1;
                }
                wanted -= n;
                download.send(n, wanted == 0);
                out.write(buffer, 0, n);
                at += n;
            }
            out.flush(); // what breaks halfway has sent the first half
            if (fault == Fault.HANGS) {
                hang();
            }
        }
    }

    /** Until the server is closed. */
    private static void hang() throws IOException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("closed").initCause(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
