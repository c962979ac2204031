package dev.chandlery.config;

import dev.chandlery.config.yaml.BooleanType;
import dev.chandlery.config.yaml.ChoiceType;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.NumberType;
import dev.chandlery.config.yaml.Reading;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.Values;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** {@code monitoring}, {@code cache} and {@code logging}. */
final class OperationSections {
    private static final Key<PerformanceTargets, Duration> PULL = Key.of("pull_timeout_ms",
            Numbers.times(ChronoUnit.MILLIS, 1, 3_600_000), "within which a pull should be done",
            PerformanceTargets::pullTimeout).or(Duration.ofSeconds(5)).notYet(_ -> true);
    private static final Key<PerformanceTargets, Double> HITS = Key.of("cache_hit_target_pct",
            NumberType.decimal(0, 100, "percent"), "share of pulls that the cache should serve",
            PerformanceTargets::cacheHitTargetPercent).or(85.0).notYet(_ -> true);
    private static final Key<PerformanceTargets, Double> AVAILABLE = Key.of(
            "availability_target_pct", NumberType.decimal(0, 100, "percent"),
            "share of health checks that should succeed",
            PerformanceTargets::availabilityTargetPercent).or(99.9).notYet(_ -> true);
    private static final Section<PerformanceTargets> TARGETS = new Section<>(List.of(PULL, HITS,
            AVAILABLE), values -> new PerformanceTargets(values.get(PULL), values.get(HITS), values
                    .get(AVAILABLE)));

    private static final Key<MonitoringSpec, Duration> INTERVAL = Key.of("health_check_interval",
            Numbers.seconds(1, 86_400), "between two health checks of a service",
            MonitoringSpec::healthCheckInterval).or(Duration.ofMinutes(5)).notYet(_ -> true);
    private static final Key<MonitoringSpec, Integer> METRICS = Key.of("metrics_retention_days",
            NumberType.whole(1, Numbers.MOST_DAYS, "days"), "how long metrics are kept",
            MonitoringSpec::metricsRetentionDays).or(30).notYet(_ -> true);
    private static final Key<MonitoringSpec, Boolean> ALERT = Key.of("alert_on_failure",
            new BooleanType(), "whether failed runs alert", MonitoringSpec::alertOnFailure)
            .or(
                    false)
            .notYet(on -> on);
    private static final Key<MonitoringSpec, PerformanceTargets> PERFORMANCE = Key.of(
            "performance_targets", TARGETS, "what health checks compare with",
            MonitoringSpec::targets).orGet(TARGETS::defaults);

    static final Section<MonitoringSpec> MONITORING = new Section<>(List.of(INTERVAL, METRICS,
            ALERT, PERFORMANCE), values -> new MonitoringSpec(values.get(INTERVAL), values.get(
                    METRICS), values.get(ALERT), values.get(PERFORMANCE)));

    private static final Key<CacheSpec, Path> FOLDER = Key.of("local_cache_dir", Texts.FOLDER,
            "folder; default: chandlery in $XDG_CACHE_HOME", CacheSpec::localCacheDir)
            .orGet(
                    OperationSections::defaultCache);
    private static final Key<CacheSpec, Long> SIZE = Key.of("max_cache_size_gb", Numbers
            .gibibytes(),
            "above which the oldest entries go", CacheSpec::maxSizeBytes).or(10 * Numbers.GB);
    private static final Key<CacheSpec, Boolean> AT_START = Key.of("cleanup_on_startup",
            new BooleanType(), "whether manager pull cleans up first",
            CacheSpec::cleanupOnStartup).or(false).notYet(on -> on);
    private static final Key<CacheSpec, Integer> OLDER = Key.of("cleanup_older_than_days",
            NumberType.whole(0, Numbers.MOST_DAYS, "days"),
            "days without use after which an entry goes",
            CacheSpec::cleanupOlderThanDays).or(7);

    static final Section<CacheSpec> CACHE = new Section<>(List.of(FOLDER, SIZE, AT_START, OLDER),
            values -> new CacheSpec(values.get(FOLDER), values.get(SIZE), values.get(AT_START),
                    values.get(OLDER)));

    private static final Key<LoggingSpec, LoggingSpec.Level> LEVEL = Key.of("level", ChoiceType.of(
            LoggingSpec.Level.class), "least important level that is written",
            LoggingSpec::level).or(LoggingSpec.Level.WARN).notYet(_ -> true);
    private static final Key<LoggingSpec, LoggingSpec.Format> FORMAT = Key.of("format", ChoiceType
            .of(LoggingSpec.Format.class), "of a line", LoggingSpec::format)
            .or(
                    LoggingSpec.Format.TEXT)
            .notYet(format -> format == LoggingSpec.Format.JSON);
    private static final Key<LoggingSpec, Boolean> AUDIT = Key.of("audit_enabled",
            new BooleanType(), "whether the registry server records writes and refusals",
            LoggingSpec::auditEnabled).or(false);
    private static final Key<LoggingSpec, Integer> AUDIT_DAYS = Key.of("audit_retention_days",
            NumberType.whole(1, Numbers.MOST_DAYS, "days"),
            "how long the registry server's audit log is kept",
            LoggingSpec::auditRetentionDays).or(90);

    static final Section<LoggingSpec> LOGGING = new Section<>(List.of(LEVEL, FORMAT, AUDIT,
            AUDIT_DAYS), OperationSections::logging);

    private OperationSections() {}

    private static LoggingSpec logging(Values values) {
        return new LoggingSpec(values.get(LEVEL), values.get(FORMAT), values.get(AUDIT), values
                .get(AUDIT_DAYS));
    }

    private static Path defaultCache(Reading reading) {
        Path cache = reading.environment("XDG_CACHE_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() -> Path.of(
                        reading.environment("HOME").orElse(System.getProperty("user.home")),
                        ".cache"));
        return cache.resolve("chandlery");
    }
}
