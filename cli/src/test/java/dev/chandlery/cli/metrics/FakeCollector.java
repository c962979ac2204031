package dev.chandlery.cli.metrics;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A collector of OpenTelemetry metrics that keeps what it is sent, and answers as it is told. */
final class FakeCollector implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile Answer answer = new Answer(200, "");

    /** What it answers; nothing at all with status 0. */
    record Answer(int status, String body) {}

    /** A request. */
    record Received(String path, Headers headers, ExportMetricsServiceRequest figures) {

        Map<String, String> resource() {
            Map<String, String> all = new TreeMap<>();
            for (KeyValue pair : figures.getResourceMetrics(0)
                    .getResource()
                    .getAttributesList()) {
                all.put(pair.getKey(), pair.getValue().getStringValue());
            }
            return all;
        }

        List<Metric> metrics() {
            return figures.getResourceMetrics(0).getScopeMetrics(0).getMetricsList();
        }

        /** The one of that name. */
        Metric metric(String name) {
            return metrics().stream()
                    .filter(metric -> metric.getName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + name + " in " + figures));
        }
    }

    FakeCollector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            received.add(new Received(exchange.getRequestURI().toString(), exchange
                    .getRequestHeaders(), parse(exchange.getRequestBody().readAllBytes())));
            Answer now = answer;
            if (now.status() == 0) {
                over.await();
                return;
            }
            byte[] body = now.body().getBytes(StandardCharsets.ISO_8859_1);
            exchange.sendResponseHeaders(now.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static ExportMetricsServiceRequest parse(byte[] body) {
        try {
            return ExportMetricsServiceRequest.parseFrom(body);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** From now on it answers so. */
    void answer(int status, String body) {
        answer = new Answer(status, body);
    }

    /** Until what it received is so. */
    void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("got only " + received);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    List<Received> received() {
        return received;
    }

    /** The only request. */
    Received only() {
        if (received.size() != 1) {
            throw new AssertionError("expected a request, got " + received);
        }
        return received.getFirst();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/metrics");
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
        threads.close();
    }
}
