package dev.chandlery.config;

import dev.chandlery.config.tool.ToolSpec;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How publishing runs, and the tools.
 *
 * @param autoPublish whether scheduled runs publish, or only report
 * @param schedule cron expression of five fields, in UTC
 * @param parallelUploads to one registry, at least 1
 * @param retryAttempts of a request that failed for a passing reason, at least 0
 * @param timeout of one transfer without progress, and of one request
 * @param minimumReleaseAge younger releases of tools that do not say their own wait; zero for none
 * @param tools by name
 * @param bundles of tools, by name
 */
public record PublishingSpec(boolean autoPublish, String schedule, int parallelUploads,
        int retryAttempts, Duration timeout, Duration minimumReleaseAge,
        SortedMap<String, ToolSpec> tools, SortedMap<String, BundleSpec> bundles) {

    public PublishingSpec {
        bundles = Collections.unmodifiableSortedMap(new TreeMap<>(bundles));
        tools = Collections.unmodifiableSortedMap(new TreeMap<>(tools));
        if (parallelUploads < 1 || retryAttempts < 0 || !timeout.isPositive()
                || minimumReleaseAge.isNegative()) {
            throw new IllegalArgumentException("uploads, retries, timeout or age out of range");
        }
    }

    /** The same with bundles, which the file has in a section of their own. */
    PublishingSpec with(SortedMap<String, BundleSpec> declared) {
        return new PublishingSpec(autoPublish, schedule, parallelUploads, retryAttempts, timeout,
                minimumReleaseAge, tools, declared);
    }
}
