package dev.chandlery.scheduler.command;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.metrics.Metrics;
import dev.chandlery.cli.metrics.MetricsOfAll;
import dev.chandlery.cli.metrics.OtlpMetrics;
import dev.chandlery.cli.metrics.PrometheusEndpoint;
import dev.chandlery.cli.metrics.PrometheusMetrics;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.scheduler.history.Store;
import dev.chandlery.scheduler.measure.ServiceFigures;
import dev.chandlery.scheduler.plan.JobPlan;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * {@code --metrics HOST:PORT}: where the scheduler tells Prometheus its figures. They are also sent where
 * {@code monitoring.metrics.otlp} says; without either none are taken.
 */
final class MetricsEndpoint implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(MetricsEndpoint.class.getName());
    private static final Pattern ADDRESS = Pattern.compile(
            "(?<host>[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]):(?<port>[0-9]{1,5})");
    private static final int MOST_PORT = 65_535;
    private static final Duration STEP = Duration.ofMinutes(1);

    @Option(names = "--metrics", paramLabel = "HOST:PORT", description = "Serve figures for Prometheus there, at /metrics; best on loopback, as everybody may read them. Default: nowhere.")
    private @Nullable String address;

    private @Nullable PrometheusMetrics scraped;
    private @Nullable OtlpMetrics sent;
    private @Nullable PrometheusEndpoint endpoint;
    private @Nullable ServiceFigures asked;
    private long lastLook = System.nanoTime() - STEP.toNanos();

    /** Makes what measures, as the option and {@code monitoring.metrics.otlp} say; nothing is served yet. */
    void prepare(ConfigSpec config, String node, Map<String, String> environment) {
        if (address != null) {
            parse(address);
            scraped = PrometheusMetrics.ofService();
        }
        config.monitoring()
                .metrics()
                .otlp()
                .ifPresent(to -> sent = OtlpMetrics.ofService(new OtlpMetrics.Collector(to,
                        TransportOptions.of(environment), problem -> LOG.log(
                                System.Logger.Level.WARNING, "{0}", problem)),
                        "chandlery-scheduler", node, STEP));
    }

    /** Nothing is measured where nobody looks. */
    Metrics metrics() {
        List<Metrics> sinks = Stream.<@Nullable Metrics>of(scraped, sent)
                .filter(Objects::nonNull)
                .toList();
        return sinks.isEmpty() ? Metrics.NONE : new MetricsOfAll(sinks);
    }

    /** Serves figures, and asks the history for those that are sent. */
    void open(Store store, Supplier<List<JobPlan>> plans, Consumer<String> tell) {
        ServiceFigures figures = new ServiceFigures(metrics(), store, plans, Node.clock());
        PrometheusMetrics taken = scraped;
        if (taken != null && address != null) {
            PrometheusEndpoint opened = PrometheusEndpoint.open(parse(address), () -> {
                figures.measure();
                return taken.scrape();
            });
            endpoint = opened;
            tell.accept("metrics at http://" + opened.address().getHostString() + ":" + opened
                    .address()
                    .getPort() + "/metrics");
        }
        asked = sent == null ? null : figures;
    }

    /** To be called every few seconds: asks the history for what is sent, once in each step. */
    void look() {
        ServiceFigures figures = asked;
        if (figures != null && System.nanoTime() - lastLook > STEP.toNanos()) {
            lastLook = System.nanoTime();
            figures.measure();
        }
    }

    private static InetSocketAddress parse(String text) {
        Matcher matcher = ADDRESS.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group("port")) > MOST_PORT) {
            throw new CommandException(ExitCode.USAGE,
                    "--metrics must be HOST:PORT, such as 127.0.0.1:9464, got " + text);
        }
        return new InetSocketAddress(matcher.group("host").replaceAll("[\\[\\]]", ""), Integer
                .parseInt(matcher.group("port")));
    }

    @Override
    public void close() {
        if (endpoint != null) {
            endpoint.close();
        }
        if (scraped != null) {
            scraped.close();
        }
        if (sent != null) {
            sent.close();
        }
    }
}
