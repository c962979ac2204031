package dev.chandlery.registry.observe;

import dev.chandlery.registry.metadata.Holdings;
import dev.chandlery.registry.route.RequestObserver;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;

/** All metrics of one registry, in the form that Prometheus reads. */
public final class Metrics implements AutoCloseable {
    /** How long what is expensive to count is not counted again. */
    private static final Duration COUNTED = Duration.ofSeconds(30);

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(
            PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collector = new JvmGcMetrics();
    private final StateMetrics state = new StateMetrics(meters);
    private final RequestMetrics requests = new RequestMetrics(meters);

    public Metrics() {
        collector.bindTo(meters);
        new JvmMemoryMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
    }

    /** What counts requests. */
    public RequestObserver requests() {
        return requests;
    }

    /** What tells of the rest. */
    public StateMetrics state() {
        return state;
    }

    /** As {@link StateMetrics#holdings}, but counted at most twice a minute. */
    public void holdings(Supplier<Holdings> holdings) {
        Recent<Holdings> recent = new Recent<>(holdings, COUNTED);
        state.holdings(recent::get);
    }

    /** All figures as text. */
    public String scrape() {
        return meters.scrape();
    }

    @Override
    public void close() {
        collector.close();
        meters.close();
    }
}
