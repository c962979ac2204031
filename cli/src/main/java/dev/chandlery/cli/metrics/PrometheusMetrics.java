package dev.chandlery.cli.metrics;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.jspecify.annotations.Nullable;

/** Measurements of one process, in the form that Prometheus reads. */
public final class PrometheusMetrics extends MicrometerMetrics {
    private final PrometheusMeterRegistry meters;
    private final @Nullable JvmGcMetrics collector;

    private PrometheusMetrics(PrometheusMeterRegistry meters, @Nullable JvmGcMetrics collector) {
        super(meters);
        this.meters = meters;
        this.collector = collector;
    }

    /** Of a command that ends soon. */
    public static PrometheusMetrics ofRun() {
        return new PrometheusMetrics(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), null);
    }

    /** Of a service: with memory, collections and load of its JVM. */
    public static PrometheusMetrics ofService() {
        JvmGcMetrics collector = new JvmGcMetrics();
        PrometheusMetrics made = new PrometheusMetrics(new PrometheusMeterRegistry(
                PrometheusConfig.DEFAULT), collector);
        collector.bindTo(made.meters);
        new JvmMemoryMetrics().bindTo(made.meters);
        new ProcessorMetrics().bindTo(made.meters);
        return made;
    }

    /** All figures as text, format 0.0.4. */
    public String scrape() {
        return meters.scrape();
    }

    @Override
    public void close() {
        if (collector != null) {
            collector.close();
        }
        super.close();
    }
}
