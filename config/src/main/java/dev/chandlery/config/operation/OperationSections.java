package dev.chandlery.config.operation;

import dev.chandlery.config.value.Numbers;
import dev.chandlery.config.value.Texts;
import dev.chandlery.config.yaml.BooleanType;
import dev.chandlery.config.yaml.ChoiceType;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.NumberType;
import dev.chandlery.config.yaml.Reading;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.Values;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** {@code monitoring}, {@code cache} and {@code logging}. */
public final class OperationSections {
    private static final Key<PerformanceTargets, Duration> PULL = Key.of("pull_timeout_ms",
            Numbers.times(ChronoUnit.MILLIS, 1, 3_600_000),
            "within which 95 of 100 pulls should be done",
            PerformanceTargets::pullTimeout).or(Duration.ofSeconds(5));
    private static final Key<PerformanceTargets, Double> HITS = Key.of("cache_hit_target_pct",
            NumberType.decimal(0, 100, "percent"), "share of blobs that the cache should serve",
            PerformanceTargets::cacheHitTargetPercent).or(85.0);
    private static final Key<PerformanceTargets, Double> AVAILABLE = Key.of(
            "availability_target_pct", NumberType.decimal(0, 100, "percent"),
            "share of health checks that should succeed",
            PerformanceTargets::availabilityTargetPercent).or(99.9);
    private static final Section<PerformanceTargets> TARGETS = new Section<>(List.of(PULL, HITS,
            AVAILABLE), values -> new PerformanceTargets(values.get(PULL), values.get(HITS), values
                    .get(AVAILABLE)));

    private static final Key<MonitoringSpec, Duration> INTERVAL = Key.of("health_check_interval",
            Numbers.seconds(1, 86_400), "between two health checks of a service",
            MonitoringSpec::healthCheckInterval).or(Duration.ofMinutes(5));
    private static final Key<MonitoringSpec, Integer> METRICS = Key.of("metrics_retention_days",
            NumberType.whole(1, Numbers.MOST_DAYS, "days"),
            "how long measurements are kept, which targets are compared with",
            MonitoringSpec::metricsRetentionDays).or(30);
    private static final Key<MonitoringSpec, Boolean> ALERT = Key.of("alert_on_failure",
            new BooleanType(), "whether failed runs alert", MonitoringSpec::alertOnFailure)
            .or(
                    false);
    private static final Key<MonitoringSpec, PerformanceTargets> PERFORMANCE = Key.of(
            "performance_targets", TARGETS, "what health checks compare with",
            MonitoringSpec::targets).orGet(TARGETS::defaults);

    private static final Key<MetricsSpec, Path> TEXTFILE = Key.optional("textfile", Texts.FILE,
            "rewritten at the end of each command, for the textfile collector of node_exporter",
            MetricsSpec::textfile);
    private static final Key<MetricsSpec, URI> PUSHGATEWAY = Key.optional("pushgateway",
            Texts.WEB_ADDRESS, "a Prometheus Pushgateway that each command pushes to",
            MetricsSpec::pushgateway);
    private static final Key<MetricsSpec, URI> OTLP = Key.optional("otlp", Texts.WEB_ADDRESS,
            "an OpenTelemetry collector, such as http://collector.example:4318/v1/metrics",
            MetricsSpec::otlp);
    private static final Section<MetricsSpec> OUTPUTS = new Section<>(List.of(TEXTFILE,
            PUSHGATEWAY, OTLP), values -> new MetricsSpec(values.find(TEXTFILE), values.find(
                    PUSHGATEWAY), values.find(OTLP)));
    private static final Key<MonitoringSpec, MetricsSpec> WHERE = Key.of("metrics", OUTPUTS,
            "where measurements go; default: nowhere", MonitoringSpec::metrics)
            .orGet(
                    OUTPUTS::defaults);

    public static final Section<MonitoringSpec> MONITORING = new Section<>(List.of(INTERVAL,
            METRICS,
            ALERT, PERFORMANCE, WHERE), values -> new MonitoringSpec(values.get(INTERVAL), values
                    .get(METRICS), values.get(ALERT), values.get(PERFORMANCE), values.get(WHERE)));

    private static final Key<CacheSpec, Path> FOLDER = Key.of("local_cache_dir", Texts.FOLDER,
            "folder; default: chandlery in $XDG_CACHE_HOME", CacheSpec::localCacheDir)
            .orGet(
                    OperationSections::defaultCache);
    private static final Key<CacheSpec, Long> SIZE = Key.of("max_cache_size_gb", Numbers
            .gibibytes(),
            "above which the oldest entries go", CacheSpec::maxSizeBytes).or(10 * Numbers.GB);
    private static final Key<CacheSpec, Boolean> AT_START = Key.of("cleanup_on_startup",
            new BooleanType(), "whether manager pull cleans up first",
            CacheSpec::cleanupOnStartup).or(false);
    private static final Key<CacheSpec, Integer> OLDER = Key.of("cleanup_older_than_days",
            NumberType.whole(0, Numbers.MOST_DAYS, "days"),
            "days without use after which an entry goes",
            CacheSpec::cleanupOlderThanDays).or(7);

    public static final Section<CacheSpec> CACHE = new Section<>(List.of(FOLDER, SIZE, AT_START,
            OLDER),
            values -> new CacheSpec(values.get(FOLDER), values.get(SIZE), values.get(AT_START),
                    values.get(OLDER)));

    private static final Key<LoggingSpec, LoggingSpec.Level> LEVEL = Key.of("level", ChoiceType.of(
            LoggingSpec.Level.class), "least important level that is written",
            LoggingSpec::level).or(LoggingSpec.Level.WARN);
    private static final Key<LoggingSpec, LoggingSpec.Format> FORMAT = Key.of("format", ChoiceType
            .of(LoggingSpec.Format.class), "of a line", LoggingSpec::format)
            .or(
                    LoggingSpec.Format.TEXT);
    private static final Key<LoggingSpec, Boolean> AUDIT = Key.of("audit_enabled",
            new BooleanType(),
            "whether publisher and registry server record what they write and refuse",
            LoggingSpec::auditEnabled).or(false);
    private static final Key<LoggingSpec, Integer> AUDIT_DAYS = Key.of("audit_retention_days",
            NumberType.whole(1, Numbers.MOST_DAYS, "days"),
            "how long audit logs are kept",
            LoggingSpec::auditRetentionDays).or(90);

    private static final Key<LoggingSpec, Path> AUDIT_FOLDER = Key.of("audit_dir", Texts.FOLDER,
            "folder of the publisher's audit log; default: chandlery/audit in $XDG_STATE_HOME",
            LoggingSpec::auditFolder).orGet(OperationSections::defaultAudit);

    public static final Section<LoggingSpec> LOGGING = new Section<>(List.of(LEVEL, FORMAT, AUDIT,
            AUDIT_FOLDER, AUDIT_DAYS), OperationSections::logging);

    private OperationSections() {}

    private static LoggingSpec logging(Values values) {
        return new LoggingSpec(values.get(LEVEL), values.get(FORMAT), values.get(AUDIT), values
                .get(AUDIT_FOLDER), values.get(AUDIT_DAYS));
    }

    private static Path defaultAudit(Reading reading) {
        return userFolder(reading, "XDG_STATE_HOME", Path.of(".local", "state")).resolve("audit");
    }

    private static Path defaultCache(Reading reading) {
        return userFolder(reading, "XDG_CACHE_HOME", Path.of(".cache"));
    }

    /** Ours in one of the places of the XDG base directory specification. */
    private static Path userFolder(Reading reading, String variable, Path inHome) {
        Path place = reading.environment(variable)
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() -> Path.of(
                        reading.environment("HOME").orElse(System.getProperty("user.home")))
                        .resolve(inHome));
        return place.resolve("chandlery");
    }
}
