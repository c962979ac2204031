package dev.chandlery.publisher.run;

import dev.chandlery.cli.metrics.Metric;
import dev.chandlery.cli.metrics.Metrics;
import dev.chandlery.publisher.ItemOutcome;
import dev.chandlery.publisher.PublishReport;
import dev.chandlery.publisher.VersionOutcome;
import dev.chandlery.publisher.bundle.BundleOutcome;

/** What a run of the publisher adds to the metrics. */
final class PublishMetrics {

    private PublishMetrics() {}

    static void record(PublishReport report, Metrics metrics) {
        for (VersionOutcome version : report.versions()) {
            String tool = version.tool();
            for (ItemOutcome.Published item : version.all(ItemOutcome.Published.class)) {
                metrics.add(Metric.ARTIFACTS_PUBLISHED, 1, tool, item.rung().label());
                metrics.add(Metric.ARTIFACTS_VERIFIED, 1, tool, item.rung().label());
                metrics.record(Metric.PUBLISH, item.duration(), tool);
            }
            int failed = version.all(ItemOutcome.Failed.class).size();
            metrics.add(Metric.ARTIFACTS_FAILED, failed + (version.failure().isPresent() ? 1 : 0),
                    tool);
        }
        for (BundleOutcome bundle : report.bundles()) {
            metrics.add(Metric.ARTIFACTS_FAILED, bundle instanceof BundleOutcome.Failed ? 1 : 0,
                    bundle.bundle().name());
        }
        report.failures()
                .forEach(failure -> metrics.add(Metric.ARTIFACTS_FAILED, 1, failure.tool()));
    }
}
