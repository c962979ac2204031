package dev.chandlery.manager.health;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.state.Counter;
import dev.chandlery.cli.state.RunState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The answer of a health check.
 *
 * @param at when it was made
 * @param registry the primary one
 * @param backups by URL and namespace
 * @param cache of downloads
 * @param state sums over all runs
 * @param targets of registry.yaml, and whether they are met; they do not change the status
 */
public record HealthReport(Instant at, RegistryHealth registry,
        SortedMap<String, RegistryHealth> backups, CacheHealth cache, RunState state,
        List<TargetHealth> targets) {
    private static final long GIB = 1024L * 1024 * 1024;

    public HealthReport {
        backups = Collections.unmodifiableSortedMap(new TreeMap<>(backups));
        targets = List.copyOf(targets);
    }

    /** {@code healthy}, {@code degraded} when work goes on with a warning, or {@code unhealthy}. */
    public String status() {
        if (!registry.isHealthy()) {
            return "unhealthy";
        }
        boolean all = cache.isHealthy() && backups.values()
                .stream()
                .allMatch(RegistryHealth::isHealthy);
        return all ? "healthy" : "degraded";
    }

    public boolean isHealthy() {
        return registry.isHealthy();
    }

    /** As programs read it. */
    public ObjectNode json() {
        ObjectNode root = Json.object().put("status", status());
        root.put("timestamp", at.truncatedTo(ChronoUnit.MILLIS).toString());
        ObjectNode checks = root.putObject("checks");
        ObjectNode primary = checks.putObject("primary_registry");
        describe(registry, primary);
        state.lastPublish().ifPresent(last -> primary.put("last_publish", last.toString()));
        if (!backups.isEmpty()) {
            ArrayNode list = checks.putArray("backup_registries");
            backups.forEach((url, backup) -> describe(backup, list.addObject().put("url", url)));
        }
        checks.set("cache", cacheJson());
        ObjectNode compared = root.putObject("targets");
        targets.forEach(target -> target.describe(compared));
        ObjectNode metrics = root.putObject("metrics");
        for (Counter counter : Counter.values()) {
            metrics.put(counter.label(), state.count(counter));
        }
        return root;
    }

    /** Rounded to a millionth. */
    public static BigDecimal gigabytes(long bytes) {
        return plain(BigDecimal.valueOf(bytes)
                .divide(BigDecimal.valueOf(GIB), 6,
                        RoundingMode.HALF_UP));
    }

    /** Without zeros at the end, and never with an exponent. */
    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static void describe(RegistryHealth registry, ObjectNode node) {
        node.put("status", registry.isHealthy() ? "healthy" : "unhealthy");
        node.put("response_time_ms", registry.response().toMillis());
        registry.tags().ifPresent(count -> node.put("test_tags_found", count));
        registry.writable().ifPresent(writable -> node.put("writable", writable));
        registry.error().ifPresent(error -> node.put("error", error));
    }

    private ObjectNode cacheJson() {
        ObjectNode node = Json.object().put("status", cache.isHealthy() ? "healthy" : "warning");
        node.put("size_bytes", cache.usage().bytes());
        node.put("size_gb", gigabytes(cache.usage().bytes()));
        node.put("max_size_gb", gigabytes(cache.maxBytes()));
        node.put("usage_percent", plain(BigDecimal.valueOf(cache.percent())
                .setScale(2, RoundingMode.HALF_UP)));
        node.put("writable", cache.writable());
        cache.error().ifPresent(error -> node.put("error", error));
        return node;
    }
}
