package dev.chandlery.cli.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The catalogue: everything that programs measure. Dashboards and alert rules are tested against it. Values of
 * tags come from registry.yaml or from small fixed sets, and {@link MicrometerMetrics} bounds their number all
 * the same. What the registry server measures itself begins with {@code chandlery.registry}, and is in its
 * own package.
 */
public enum Metric {
    /** Platforms of versions that a run put into the registry. */
    ARTIFACTS_PUBLISHED(Kind.COUNTER, "chandlery.artifacts.published", "",
            "Platforms of versions that are new in the registry", "tool", "rung"),
    /** Downloads that were accepted, by what they were proven with. */
    ARTIFACTS_VERIFIED(Kind.COUNTER, "chandlery.artifacts.verified", "",
            "Contents that were proven, by the rung that they stood on", "tool", "rung"),
    /** Platforms of versions that failed. */
    ARTIFACTS_FAILED(Kind.COUNTER, "chandlery.artifacts.failed", "",
            "Platforms, versions and tools that could not be published", "tool"),
    /** Contents whose proof was not accepted any more. */
    VERIFICATIONS_FAILED(Kind.COUNTER, "chandlery.verifications.failed", "",
            "Contents that could not be proven again", "tool"),
    /** How long it took to publish one platform. */
    PUBLISH(Kind.TIMER, "chandlery.publish.duration", Kind.SECONDS,
            "From the first request for a platform to its tag", "tool"),
    /** How long a pull took. */
    PULL(Kind.TIMER, "chandlery.pull.duration", Kind.SECONDS,
            "From the start of a pull to its files", "tool", "result"),
    /** What pulls moved. */
    PULL_SERVED(Kind.COUNTER, "chandlery.pull.served", Kind.BYTES,
            "Bytes that pulls received from registries, manifests and repeated requests included",
            "tool", "cache"),
    /** What the same pulls would have moved without a registry. */
    PULL_EQUIVALENT(Kind.COUNTER, "chandlery.pull.upstream.equivalent", Kind.BYTES,
            "Bytes that the same pulls would have moved from upstream with the same cache",
            "tool", "basis"),
    /** Blobs asked of the cache. */
    CACHE_REQUESTS(Kind.COUNTER, "chandlery.cache.requests", "",
            "Blobs that were asked of the local cache", "result"),
    /** Bytes of blobs asked of the cache. */
    CACHE_BYTES(Kind.COUNTER, "chandlery.cache.served", Kind.BYTES,
            "Bytes of blobs that the local cache had (hit) or fetched (miss)", "result"),
    /** What lies in the cache. */
    CACHE_SIZE(Kind.GAUGE, "chandlery.cache.size", Kind.BYTES, "Bytes of blobs in the local cache"),
    /** What may lie in the cache. */
    CACHE_LIMIT(Kind.GAUGE, "chandlery.cache.limit", Kind.BYTES,
            "Bytes that the local cache may hold"),
    /** Blobs in the cache. */
    CACHE_FILES(Kind.GAUGE, "chandlery.cache.files", "", "Blobs in the local cache"),
    /** Requests that were answered. */
    HTTP_REQUESTS(Kind.TIMER, "chandlery.http.requests", Kind.SECONDS,
            "From sending a request to the head of its answer; each hop of a redirect by itself",
            "role", "host", "method", "status"),
    /** Bodies of requests. */
    HTTP_SENT(Kind.COUNTER, "chandlery.http.sent", Kind.BYTES, "Bytes of bodies that were sent",
            "role", "host"),
    /** Bodies of answers. */
    HTTP_RECEIVED(Kind.COUNTER, "chandlery.http.received", Kind.BYTES,
            "Bytes of bodies of answers, as their heads stated them", "role", "host"),
    /** Requests that were sent again. */
    HTTP_RETRIES(Kind.COUNTER, "chandlery.http.retries", "",
            "Requests that were sent again after a pause", "role", "host"),
    /** Requests that were refused for now. */
    HTTP_THROTTLED(Kind.COUNTER, "chandlery.http.throttled", "",
            "Answers that asked for fewer requests", "role", "host"),
    /** What an API still allows. */
    RATE_LIMIT_LEFT(Kind.GAUGE, "chandlery.http.ratelimit.left", "",
            "Requests that a host still allows in its present window", "host"),
    /** What an API allows. */
    RATE_LIMIT(Kind.GAUGE, "chandlery.http.ratelimit.limit", "",
            "Requests that a host allows in each window", "host"),
    /** Whether a registry is well. */
    HEALTH(Kind.GAUGE, "chandlery.health.up", "",
            "1 when the registry was well at the last check, else 0", "registry"),
    /** Health checks. */
    HEALTH_CHECKS(Kind.COUNTER, "chandlery.health.checks", "", "Health checks of registries",
            "registry", "result"),
    /** How fast a registry answers. */
    HEALTH_RESPONSE(Kind.TIMER, "chandlery.health.response", Kind.SECONDS,
            "Until a registry answered a health check", "registry"),
    /** A target of registry.yaml, as it is. */
    TARGET_ACTUAL(Kind.GAUGE, "chandlery.target.actual", "",
            "What a target of registry.yaml is compared with: percent, or milliseconds", "target"),
    /** A target of registry.yaml, as it should be. */
    TARGET_WANTED(Kind.GAUGE, "chandlery.target.wanted", "",
            "A target of registry.yaml: percent, or milliseconds", "target"),
    /** Whether a target is met. */
    TARGET_MET(Kind.GAUGE, "chandlery.target.met", "",
            "1 when a target of registry.yaml is met, else 0; nothing while too little is known",
            "target"),
    /** Commands that ran. */
    RUNS(Kind.TIMER, "chandlery.runs", Kind.SECONDS, "Commands that ran, and how long",
            "command", "result"),
    /** When a command succeeded last. */
    RUN_LAST_SUCCESS(Kind.GAUGE, "chandlery.run.last.success.timestamp", Kind.SECONDS,
            "When a command ended well last, in seconds since 1970", "command"),
    /** Jobs of the scheduler that ended. */
    JOBS(Kind.TIMER, "chandlery.jobs", Kind.SECONDS,
            "Jobs of the scheduler that ended, and how long they ran", "task", "result"),
    /** When a job succeeded last. */
    JOB_LAST_SUCCESS(Kind.GAUGE, "chandlery.job.last.success.timestamp", Kind.SECONDS,
            "When a job of the scheduler ended well last, in seconds since 1970", "task"),
    /** When a job is due. */
    JOB_NEXT(Kind.GAUGE, "chandlery.job.next.timestamp", Kind.SECONDS,
            "When a job of the scheduler is due next, in seconds since 1970", "task"),
    /** Jobs that run now. */
    JOBS_RUNNING(Kind.GAUGE, "chandlery.jobs.running", "",
            "Jobs of the scheduler that run on this node now"),
    /** What needs somebody's eyes. */
    INCIDENTS(Kind.GAUGE, "chandlery.incidents.open", "", "Incidents that nobody resolved yet",
            "kind"),
    /** Alerts that were sent or could not be. */
    ALERTS(Kind.COUNTER, "chandlery.alerts.sent", "", "Alerts, by channel and how sending ended",
            "channel", "result");

    /** How a metric behaves. */
    public enum Kind {
        /** Only grows. */
        COUNTER,
        /** Goes up and down. */
        GAUGE,
        /** Durations: how many, their sum, the longest, and a histogram. */
        TIMER;

        static final String BYTES = "bytes";
        static final String SECONDS = "seconds";
    }

    private static final List<Duration> BUCKETS = List.of(Duration.ofMillis(5), Duration.ofMillis(
            20), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250), Duration
                    .ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2500), Duration
                            .ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration
                                    .ofMinutes(2), Duration.ofMinutes(10), Duration.ofHours(1));

    private final Kind kind;
    private final String id;
    private final String unit;
    private final String description;
    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list
    private final List<String> tags;

    Metric(Kind kind, String id, String unit, String description, String... tags) {
        this.kind = kind;
        this.id = id;
        this.unit = unit;
        this.description = description;
        this.tags = List.of(tags);
    }

    public Kind kind() {
        return kind;
    }

    /** The name with dots, such as {@code chandlery.cache.requests}. */
    public String id() {
        return id;
    }

    /** {@code bytes}, {@code seconds}, or empty for plain numbers. */
    public String unit() {
        return unit;
    }

    public String description() {
        return description;
    }

    /** Names of the tags, in the order in which their values are given. */
    public List<String> tags() {
        return tags;
    }

    /** Upper bounds of a timer's histogram. */
    static List<Duration> buckets() {
        return BUCKETS;
    }

    /** Names under which Prometheus knows the metric. */
    public List<String> series() {
        String name = id.replace('.', '_');
        String full = unit.isEmpty() ? name : name + "_" + unit;
        return switch (kind) {
            case COUNTER -> List.of(full + "_total");
            case GAUGE -> List.of(full);
            case TIMER -> {
                List<String> names = new ArrayList<>();
                for (String suffix : List.of("_bucket", "_count", "_sum", "_max")) {
                    names.add(full + suffix);
                }
                yield List.copyOf(names);
            }
        };
    }
}
