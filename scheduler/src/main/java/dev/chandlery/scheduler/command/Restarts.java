package dev.chandlery.scheduler.command;

import dev.chandlery.config.ConfigSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Keys of registry.yaml that a running scheduler has read once. */
final class Restarts {
    private static final Map<String, Function<ConfigSpec, Object>> KEYS = new TreeMap<>(Map.of(
            "scheduler.database, state_dir or history_days", config -> config.scheduler().store(),
            "cache.local_cache_dir", config -> config.scheduler().store().folder().isPresent()
                    ? Path.of("")
                    : config.cache().localCacheDir(), "logging", ConfigSpec::logging, "alerts",
            ConfigSpec::alerts, "monitoring.alert_on_failure", config -> config.monitoring()
                    .alertOnFailure(), "monitoring.metrics", config -> config.monitoring()
                            .metrics()));

    private Restarts() {}

    /** Those that differ between what the process was started with and what the file says now. */
    static List<String> of(ConfigSpec first, ConfigSpec now) {
        return KEYS.entrySet()
                .stream()
                .filter(key -> !key.getValue().apply(first).equals(key.getValue().apply(now)))
                .map(Map.Entry::getKey)
                .toList();
    }
}
