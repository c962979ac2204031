package dev.chandlery.cli.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.registry.otlp.AggregationTemporality;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Measurements that go to an OpenTelemetry collector, as differences: so each run of a command counts, however
 * short it is. Closing sends what was not sent yet; a collector that does not answer is told in the log. Headers for the collector come from {@code OTEL_EXPORTER_OTLP_HEADERS}.
 */
public final class OtlpMetrics extends MicrometerMetrics {
    private OtlpMetrics(OtlpMeterRegistry meters) {
        super(meters);
    }

    /**
     * Sends to that address each time the step is over, and at the end.
     *
     * @param program becomes {@code service.name}
     */
    public static OtlpMetrics open(URI address, String program, Duration step) {
        return new OtlpMetrics(new OtlpMeterRegistry(new Settings(address, program, step),
                Clock.SYSTEM));
    }

    private record Settings(URI address, String program, Duration every) implements OtlpConfig {

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
            return every;
        }

        @Override
        public AggregationTemporality aggregationTemporality() {
            return AggregationTemporality.DELTA;
        }

        @Override
        public Map<String, String> resourceAttributes() {
            return new TreeMap<>(Map.of("service.name", program));
        }
    }
}
