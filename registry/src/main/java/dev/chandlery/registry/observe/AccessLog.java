package dev.chandlery.registry.observe;

import dev.chandlery.registry.access.Caller;
import dev.chandlery.registry.route.RequestObserver;
import dev.chandlery.registry.route.Served;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A line for each request. Lines are written by a thread of their own, so that requests do not wait for a
 * slow terminal or disk; when it falls far behind, lines are left out, and their number is told.
 */
public final class AccessLog implements RequestObserver, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AccessLog.class.getName());
    private static final int MAX_WAITING = 16 * 1024;
    private static final int POLL_MILLIS = 200;
    private static final long NANOS_PER_MICRO = 1000;

    /** How a line looks. */
    public enum Format {
        /** For people. */
        TEXT,
        /** A JSON object. */
        JSON
    }

    private final Appendable out;
    private final Format format;
    private final Clock clock;
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicLong leftOut = new AtomicLong();
    private final Thread writer;
    private volatile boolean closed;

    private AccessLog(Appendable out, Format format, Clock clock) {
        this.out = out;
        this.format = format;
        this.clock = clock;
        this.writer = Thread.ofPlatform()
                .daemon()
                .name("registry-access-log")
                .unstarted(
                        this::run);
    }

    /** Begins to write there; it is not closed with the log. */
    public static AccessLog to(Appendable out, Format format, Clock clock) {
        AccessLog log = new AccessLog(out, format, clock);
        log.writer.start();
        return log;
    }

    @Override
    public void sent(Served served, Transfer transfer) {
        String line = switch (format) {
            case TEXT -> text(served, transfer);
            case JSON -> json(served, transfer);
        };
        if (!waiting.offer(line)) {
            leftOut.incrementAndGet();
        }
    }

    private String text(Served served, Transfer transfer) {
        return clock.instant() + " " + served.request().peer().address() + " " + name(served)
                + " \"" + served.request().method() + " " + printable(target(served)) + "\" "
                + served.response().status() + " " + transfer.received() + " " + transfer.sent()
                + " " + transfer.nanos() / NANOS_PER_MICRO + "us " + served.id() + (transfer
                        .complete() ? "" : " incomplete") + "\n";
    }

    private String json(Served served, Transfer transfer) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", clock.instant());
        fields.put("request", served.id());
        fields.put("address", served.request().peer().address());
        fields.put("caller", name(served));
        fields.put("method", served.request().method());
        fields.put("target", target(served));
        fields.put("route", served.route());
        fields.put("status", (long) served.response().status());
        fields.put("received", transfer.received());
        fields.put("sent", transfer.sent());
        fields.put("microseconds", transfer.nanos() / NANOS_PER_MICRO);
        fields.put("complete", Boolean.toString(transfer.complete()));
        fields.put("user_agent", served.request().headers().first("User-Agent").orElse(""));
        if (served.refusal() != null) {
            fields.put("code", served.refusal().code());
        }
        return JsonLine.of(fields) + "\n";
    }

    private static String name(Served served) {
        Caller caller = served.caller();
        return caller == null ? "-" : printable(caller.name());
    }

    private static String target(Served served) {
        String query = served.request().rawQuery();
        return served.request().rawPath() + (query.isEmpty() ? "" : "?" + query);
    }

    private static String printable(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"')
                ? text
                : text.replaceAll("[^!#-~]", "?");
    }

    private void run() {
        boolean failed = false;
        while (!closed || !waiting.isEmpty()) {
            try {
                String line = waiting.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (line != null && !failed) {
                    out.append(line);
                    tellLeftOut();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException e) {
                failed = true; // the registry goes on without its log
                LOG.log(System.Logger.Level.ERROR, () -> "cannot write access log: " + e
                        .getMessage());
            }
        }
    }

    private void tellLeftOut() throws IOException {
        long lines = leftOut.getAndSet(0);
        if (lines > 0) {
            out.append(clock.instant() + " - " + lines + " lines left out\n");
        }
    }

    /** Writes what waits, and ends. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = Thread.interrupted();
        try {
            writer.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException _) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
