package dev.chandlery.config;

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
 * @param tools by name
 */
public record PublishingSpec(boolean autoPublish, String schedule, int parallelUploads,
        int retryAttempts, Duration timeout, SortedMap<String, ToolSpec> tools) {

    public PublishingSpec {
        tools = Collections.unmodifiableSortedMap(new TreeMap<>(tools));
        if (parallelUploads < 1 || retryAttempts < 0 || !timeout.isPositive()) {
            throw new IllegalArgumentException("uploads, retries or timeout out of range");
        }
    }
}
