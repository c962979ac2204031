package dev.chandlery.manager.health;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.state.Counter;
import dev.chandlery.cli.state.RunState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The answer of a health check.
 *
 * @param at when it was made
 * @param registry the primary one
 * @param cache of downloads
 * @param state sums over all runs
 */
public record HealthReport(Instant at, RegistryHealth registry, CacheHealth cache,
        RunState state) {
    private static final long GIB = 1024L * 1024 * 1024;

    /** {@code healthy}, {@code degraded} when work goes on with a warning, or {@code unhealthy}. */
    public String status() {
        if (!registry.isHealthy()) {
            return "unhealthy";
        }
        return cache.isHealthy() ? "healthy" : "degraded";
    }

    public boolean isHealthy() {
        return registry.isHealthy();
    }

    /** As programs read it. */
    public ObjectNode json() {
        ObjectNode root = Json.object().put("status", status());
        root.put("timestamp", at.truncatedTo(ChronoUnit.MILLIS).toString());
        ObjectNode checks = root.putObject("checks");
        checks.set("primary_registry", registryJson());
        checks.set("cache", cacheJson());
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

    private ObjectNode registryJson() {
        ObjectNode node = Json.object();
        node.put("status", registry.isHealthy() ? "healthy" : "unhealthy");
        node.put("response_time_ms", registry.response().toMillis());
        registry.tags().ifPresent(count -> node.put("test_tags_found", count));
        registry.writable().ifPresent(writable -> node.put("writable", writable));
        state.lastPublish().ifPresent(last -> node.put("last_publish", last.toString()));
        registry.error().ifPresent(error -> node.put("error", error));
        return node;
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
