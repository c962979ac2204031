package dev.chandlery.cli.metrics;

import dev.chandlery.cli.ExitCode;
import dev.chandlery.config.operation.MetricsSpec;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.http.TransportOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measurements of one run of a command, and where they go when it ends. A run that has nowhere to send them
 * measures nothing.
 *
 * <p><b>Lifecycle:</b> {@link #finish} once, by who opened it.
 */
public final class RunMetrics implements Metrics {
    private static final MediaType TEXT = new MediaType("text/plain");

    private final long startNanos = System.nanoTime();
    private final String command;
    private final List<Metrics> sinks;
    private final HttpMetrics http = new HttpMetrics(this);
    private final @Nullable Outputs outputs;
    private volatile ExitCode ended = ExitCode.FAILED;

    /** What could not be done is told at the end. */
    private record Outputs(MetricsSpec spec, Place place, @Nullable PrometheusMetrics figures,
            @Nullable OtlpMetrics otlp, Queue<String> problems) {}

    /**
     * Where a command runs.
     *
     * @param cache folder that sums of earlier runs are in
     * @param options proxies, certificates and environment, for what is sent
     */
    public record Place(Path cache, TransportOptions options) {}

    private RunMetrics(String command, List<Metrics> sinks, @Nullable Outputs outputs) {
        this.command = command;
        this.sinks = List.copyOf(sinks);
        this.outputs = outputs;
    }

    /** Of a run that is not watched. */
    public static RunMetrics none() {
        return new RunMetrics("", List.of(), null);
    }

    /** Of work inside a service, which has its own way out. */
    public static RunMetrics within(Metrics service) {
        return new RunMetrics("", List.of(service), null);
    }

    /**
     * Of a command.
     *
     * @param command such as {@code manager pull}
     * @param spec where they go
     * @param place what they need of it
     */
    public static RunMetrics of(String command, MetricsSpec spec, Place place) {
        Queue<String> problems = new ConcurrentLinkedQueue<>();
        List<Metrics> sinks = new ArrayList<>();
        PrometheusMetrics figures = null;
        OtlpMetrics otlp = null;
        if (spec.textfile().isPresent() || spec.pushgateway().isPresent()) {
            figures = PrometheusMetrics.ofRun();
            sinks.add(figures);
        }
        if (spec.otlp().isPresent()) {
            otlp = OtlpMetrics.ofRun(new OtlpMetrics.Collector(spec.otlp().get(), place.options(),
                    problems::add), program(command));
            sinks.add(otlp);
        }
        return sinks.isEmpty()
                ? none()
                : new RunMetrics(command, sinks, new Outputs(spec, place, figures, otlp, problems));
    }

    private static String program(String command) {
        return "chandlery-" + command.split(" ", 2)[0];
    }

    /** Whether anybody will see what is measured. */
    public boolean isWatched() {
        return !sinks.isEmpty();
    }

    /** What measures the wire. */
    public HttpMetrics http() {
        return http;
    }

    /** Says how the run ends; one of which nobody says it has failed. */
    public int ended(ExitCode code) {
        ended = code;
        return code.code();
    }

    @Override
    public void add(Metric metric, long amount, String... tags) {
        sinks.forEach(sink -> sink.add(metric, amount, tags));
    }

    @Override
    public void record(Metric metric, Duration duration, String... tags) {
        sinks.forEach(sink -> sink.record(metric, duration, tags));
    }

    @Override
    public void set(Metric metric, double value, String... tags) {
        sinks.forEach(sink -> sink.set(metric, value, tags));
    }

    @Override
    public void expect(Metric metric, String... tags) {
        sinks.forEach(sink -> sink.expect(metric, tags));
    }

    /**
     * Writes and sends what was measured. That it cannot be is told, and is no failure of the run.
     *
     * @param warn takes what could not be done
     */
    public void finish(Consumer<String> warn) {
        if (outputs == null) {
            return;
        }
        record(Metric.RUNS, Duration.ofNanos(System.nanoTime() - startNanos), command, ended.name()
                .toLowerCase(Locale.ROOT));
        if (ended == ExitCode.DONE) {
            set(Metric.RUN_LAST_SUCCESS, (double) Instant.now().getEpochSecond(), command);
        }
        if (outputs.figures() != null) {
            publish(outputs, outputs.figures());
        }
        if (outputs.otlp() != null) {
            outputs.otlp().close();
        }
        outputs.problems().forEach(warn);
    }

    private static void publish(Outputs outputs, PrometheusMetrics figures) {
        try (figures) {
            String sums = new Totals(outputs.place().cache()).add(figures.scrape());
            outputs.spec().textfile().ifPresent(file -> write(file, sums, outputs.problems()));
            outputs.spec().pushgateway().ifPresent(to -> push(to, sums, outputs));
        } catch (OciException e) {
            outputs.problems().add(String.valueOf(e.getMessage()));
        }
    }

    private static void write(Path file, String sums, Queue<String> problems) {
        try {
            Totals.replace(file, sums);
        } catch (IOException e) {
            problems.add("cannot write metrics to " + file + ": " + e);
        }
    }

    /** A whole group is replaced at once. */
    private static void push(URI gateway, String sums, Outputs outputs) {
        try (Delivery delivery = new Delivery(outputs.place().options())) {
            String problem = delivery.send(new Delivery.Parcel("PUT", group(gateway), Bytes.ofUtf8(
                    sums), TEXT, new TreeMap<>()), _ -> "");
            if (!problem.isEmpty()) {
                outputs.problems().add(problem);
            }
        }
    }

    /** Whoever names a group gets that one; all others share one. */
    private static URI group(URI gateway) {
        String text = gateway.toString();
        if (text.contains("/metrics/job/")) {
            return gateway;
        }
        return URI.create((text.endsWith("/") ? text : text + "/") + "metrics/job/chandlery");
    }
}
