package dev.chandlery.cli.metrics;

import dev.chandlery.cli.ExitCode;
import dev.chandlery.config.operation.MetricsSpec;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import dev.chandlery.oci.http.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measurements of one run of a command, and where they go when it ends. A run that has nowhere to send them
 * measures nothing.
 *
 * <p><b>Lifecycle:</b> {@link #finish} once, by who opened it.
 */
public final class RunMetrics implements Metrics {
    private static final Duration AT_THE_END = Duration.ofHours(12);
    private static final int MOST_ANSWER = 4096;

    private final long startNanos = System.nanoTime();
    private final String command;
    private final List<Metrics> sinks;
    private final HttpMetrics http = new HttpMetrics(this);
    private final @Nullable Outputs outputs;
    private volatile ExitCode ended = ExitCode.FAILED;

    private record Outputs(MetricsSpec spec, Path cache, @Nullable PrometheusMetrics figures,
            @Nullable OtlpMetrics otlp) {}

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
     * @param cache folder that sums of earlier runs are in
     */
    public static RunMetrics of(String command, MetricsSpec spec, Path cache) {
        List<Metrics> sinks = new ArrayList<>();
        PrometheusMetrics figures = null;
        OtlpMetrics otlp = null;
        if (spec.textfile().isPresent() || spec.pushgateway().isPresent()) {
            figures = PrometheusMetrics.ofRun();
            sinks.add(figures);
        }
        if (spec.otlp().isPresent()) {
            otlp = OtlpMetrics.open(spec.otlp().get(), program(command), AT_THE_END);
            sinks.add(otlp);
        }
        return sinks.isEmpty()
                ? none()
                : new RunMetrics(command, sinks, new Outputs(spec, cache, figures, otlp));
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
     * @param transport to push with
     * @param warn takes what could not be done
     */
    public void finish(HttpTransport transport, Consumer<String> warn) {
        if (outputs == null) {
            return;
        }
        record(Metric.RUNS, Duration.ofNanos(System.nanoTime() - startNanos), command, ended.name()
                .toLowerCase(Locale.ROOT));
        if (ended == ExitCode.DONE) {
            set(Metric.RUN_LAST_SUCCESS, (double) Instant.now().getEpochSecond(), command);
        }
        if (outputs.figures() != null) {
            publish(outputs, outputs.figures(), transport, warn);
        }
        if (outputs.otlp() != null) {
            outputs.otlp().close();
        }
    }

    private static void publish(Outputs outputs, PrometheusMetrics figures, HttpTransport transport,
            Consumer<String> warn) {
        try (figures) {
            String sums = new Totals(outputs.cache()).add(figures.scrape());
            outputs.spec().textfile().ifPresent(file -> write(file, sums, warn));
            outputs.spec().pushgateway().ifPresent(to -> push(to, sums, transport, warn));
        } catch (OciException e) {
            warn.accept(String.valueOf(e.getMessage()));
        }
    }

    private static void write(Path file, String sums, Consumer<String> warn) {
        try {
            Totals.replace(file, sums);
        } catch (IOException e) {
            warn.accept("cannot write metrics to " + file + ": " + e);
        }
    }

    /** A whole group is replaced at once. */
    private static void push(URI gateway, String sums, HttpTransport transport,
            Consumer<String> warn) {
        Bytes body = Bytes.ofUtf8(sums);
        HttpCall call = HttpCall.of("PUT", group(gateway))
                .withBody(Content.of(body), body.size(), new MediaType("text/plain"))
                .withAction("push metrics to " + gateway);
        try (HttpReply reply = transport.send(call)) {
            if (!reply.isSuccess()) {
                warn.accept("cannot push metrics to " + gateway + ": " + reply.status() + " "
                        + firstLine(reply));
            }
        } catch (OciException e) {
            warn.accept(String.valueOf(e.getMessage()));
        }
    }

    private static String firstLine(HttpReply reply) {
        try {
            Optional<String> line = reply.bytes(MOST_ANSWER).utf8().lines().findFirst();
            return line.orElse("");
        } catch (OciException _) {
            return ""; // the status says enough
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
