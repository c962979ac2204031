package dev.chandlery.cli.metrics;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MediaType;
import io.micrometer.registry.otlp.OtlpMetricsSender;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends what Micrometer measured. Differences get the times that they are of, from our beginning until now:
 * Micrometer states whole steps of its clock, so that those of two short commands would bear the same times, and
 * collectors leave out what they had already.
 *
 * <p><b>Concurrency:</b> one request at a time.
 */
final class OtlpSender implements OtlpMetricsSender, AutoCloseable {
    private static final AggregationTemporality DELTA =
            AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
    private static final MediaType PROTOBUF = new MediaType("application/x-protobuf");

    private final Delivery delivery;
    private final SortedMap<String, String> headers;
    private final InstantSource clock;
    private final Consumer<String> warn;
    private final Instant begun;
    private String told = "";

    /** @param warn takes what could not be sent and why, once until something else happens */
    OtlpSender(Delivery delivery, SortedMap<String, String> headers, InstantSource clock,
            Consumer<String> warn) {
        this.delivery = delivery;
        this.headers = headers;
        this.clock = clock;
        this.warn = warn;
        this.begun = clock.instant();
    }

    @Override
    public synchronized void send(Request request) throws InvalidProtocolBufferException {
        Instant now = clock.instant();
        ExportMetricsServiceRequest figures = between(begun.isBefore(now) ? begun : now, now,
                ExportMetricsServiceRequest.parseFrom(request.getMetricsData()));
        String problem = delivery.send(new Delivery.Parcel("POST", URI.create(request
                .getAddress()), Bytes.of(figures.toByteArray()), PROTOBUF, headers),
                OtlpSender::refused);
        if (!problem.isEmpty() && !problem.equals(told)) {
            warn.accept(problem);
        }
        told = problem;
    }

    /** A collector may take a part, and says so. */
    private static String refused(Bytes answer) {
        try {
            ExportMetricsPartialSuccess part = ExportMetricsServiceResponse.parseFrom(answer
                    .toArray()).getPartialSuccess();
            return part.getRejectedDataPoints() > 0
                    ? part.getRejectedDataPoints() + " figures were refused: " + part
                            .getErrorMessage()
                    : "";
        } catch (InvalidProtocolBufferException _) {
            return ""; // its status says that it took them
        }
    }

    private static ExportMetricsServiceRequest between(Instant from, Instant to,
            ExportMetricsServiceRequest figures) {
        ExportMetricsServiceRequest.Builder all = figures.toBuilder();
        for (ResourceMetrics.Builder resource : all.getResourceMetricsBuilderList()) {
            for (ScopeMetrics.Builder scope : resource.getScopeMetricsBuilderList()) {
                scope.getMetricsBuilderList().forEach(metric -> date(metric, from, to));
            }
        }
        return all.build();
    }

    /** The kinds that our metrics have. */
    private static void date(Metric.Builder metric, Instant from, Instant to) {
        if (metric.hasGauge()) {
            metric.getGaugeBuilder()
                    .getDataPointsBuilderList()
                    .forEach(point -> point.setTimeUnixNano(nanos(to)));
        } else if (metric.getSum().getAggregationTemporality() == DELTA) {
            metric.getSumBuilder()
                    .getDataPointsBuilderList()
                    .forEach(point -> point.setStartTimeUnixNano(nanos(from))
                            .setTimeUnixNano(nanos(to)));
        } else if (metric.getHistogram().getAggregationTemporality() == DELTA) {
            metric.getHistogramBuilder()
                    .getDataPointsBuilderList()
                    .forEach(point -> point.setStartTimeUnixNano(nanos(from))
                            .setTimeUnixNano(nanos(to)));
        }
    }

    private static long nanos(Instant time) {
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }

    @Override
    public void close() {
        delivery.close();
    }
}
