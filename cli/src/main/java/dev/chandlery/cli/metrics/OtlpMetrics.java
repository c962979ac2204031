package dev.chandlery.cli.metrics;

import dev.chandlery.cli.ProgramVersion;
import dev.chandlery.oci.http.TransportOptions;
import io.micrometer.registry.otlp.AggregationTemporality;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measurements that go to an OpenTelemetry collector: those of a command when it ends, as differences, so that each
 * run counts, however short it is; those of a service in steps, as sums since it began, so that what a collector
 * missed is in what it gets next. Closing sends the last, and waits for the collector for seconds. What it does not
 * take is told. Who we are, and headers for the collector, come from OpenTelemetry's variables of the environment.
 */
public final class OtlpMetrics extends MicrometerMetrics {
    /** Longer than any process lives; Micrometer cuts time into such pieces, and counts each by itself. */
    private static final Duration NEVER = Duration.ofDays(36_500);

    private final OtlpSender sender;

    private OtlpMetrics(OtlpMeterRegistry meters, OtlpSender sender) {
        super(meters);
        this.sender = sender;
    }

    /**
     * Where figures go, and how.
     *
     * @param address of the collector, its path included
     * @param options proxies, certificates and environment
     * @param warn takes what could not be sent
     */
    public record Collector(URI address, TransportOptions options, Consumer<String> warn) {}

    /** Of a command: sends when it is closed. */
    public static OtlpMetrics ofRun(Collector collector, String program) {
        return open(collector, Map.of("service.name", program), new Rhythm(NEVER,
                AggregationTemporality.DELTA));
    }

    /**
     * Of a service: sends each time the step is over, and at the end.
     *
     * @param instance which of several that share the work this is
     */
    public static OtlpMetrics ofService(Collector collector, String program, String instance,
            Duration step) {
        return open(collector, Map.of("service.name", program, "service.instance.id", instance),
                new Rhythm(step, AggregationTemporality.CUMULATIVE));
    }

    private record Rhythm(Duration step, AggregationTemporality kind) {}

    private static OtlpMetrics open(Collector collector, Map<String, String> names,
            Rhythm rhythm) {
        SortedMap<String, String> known = new TreeMap<>(names);
        known.put("service.version", ProgramVersion.current());
        OtlpIdentity identity = OtlpIdentity.of(known, collector.options().environment(), collector
                .warn());
        OtlpSender sender = new OtlpSender(new Delivery(collector.options()), identity.headers(),
                InstantSource.system(), collector.warn());
        return new OtlpMetrics(OtlpMeterRegistry.builder(new Settings(collector.address(), identity
                .resource(), rhythm)).metricsSender(sender).build(), sender);
    }

    @Override
    public void close() {
        try (sender) {
            super.close();
        }
    }

    private record Settings(URI address, SortedMap<String, String> resource, Rhythm rhythm)
            implements
            OtlpConfig {

        @Override
        public @Nullable String get(String key) {
            return null; // nothing comes from system properties
        }

        @Override
        public String url() {
            return address.toString();
        }

        @Override
        public Duration step() {
            return rhythm.step();
        }

        /** All in one request. */
        @Override
        public int batchSize() {
            return MOST_SERIES * Metric.values().length;
        }

        /** As in the names that Prometheus knows them by. */
        @Override
        public TimeUnit baseTimeUnit() {
            return TimeUnit.SECONDS;
        }

        @Override
        public AggregationTemporality aggregationTemporality() {
            return rhythm.kind();
        }

        @Override
        public Map<String, String> resourceAttributes() {
            return resource;
        }

        /** The sender has them. */
        @Override
        public Map<String, String> headers() {
            return Map.of();
        }
    }
}
