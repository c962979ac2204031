package dev.chandlery.scheduler.plan;

import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.endpoint.MirrorSpec;
import dev.chandlery.config.endpoint.RepositorySpec;
import dev.chandlery.config.operation.JobKind;
import dev.chandlery.config.operation.JobSpec;
import dev.chandlery.scheduler.job.JobName;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** All jobs of a configuration, with the defaults of those that it says nothing of. */
public final class JobPlans {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Duration HEALTH_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration TIMEOUT = Duration.ofHours(2);

    private JobPlans() {}

    /** In the order of their names. */
    public static List<JobPlan> of(ConfigSpec config) {
        List<JobPlan> plans = new ArrayList<>();
        config.scheduler().jobs().forEach((kind, spec) -> plans.add(plan(config, kind, spec)));
        config.mirrors().values().forEach(mirror -> plans.add(plan(config, mirror)));
        plans.sort((a, b) -> a.name().compareTo(b.name()));
        return List.copyOf(plans);
    }

    /** The plan of that job; empty when the configuration has no such mirror. */
    public static Optional<JobPlan> find(ConfigSpec config, JobName name) {
        return of(config).stream().filter(plan -> plan.name().equals(name)).findFirst();
    }

    private static JobPlan plan(ConfigSpec config, JobKind kind, JobSpec spec) {
        boolean wanted = spec.enabled()
                .orElseGet(() -> spec.cron().isPresent() || spec.every().isPresent()
                        || hasWork(config, kind));
        Optional<Timing> timing = wanted
                ? Optional.of(timing(config, kind, spec))
                : Optional
                        .empty();
        return new JobPlan(JobName.of(kind), timing, spec.run().misfire(), spec.run().jitter(), spec
                .run()
                .timeout()
                .orElse(kind == JobKind.HEALTH ? HEALTH_TIMEOUT : TIMEOUT));
    }

    private static JobPlan plan(ConfigSpec config, MirrorSpec mirror) {
        JobSpec usual = Objects.requireNonNull(config.scheduler().jobs().get(JobKind.MIRROR));
        Optional<Timing> timing = mirror.when()
                .filter(when -> !when.equals(MirrorSpec.AFTER_PUBLISH))
                .map(cron -> calendar(cron, ZoneOffset.UTC));
        return new JobPlan(new JobName(JobKind.MIRROR, Optional.of(mirror.name())), timing, usual
                .run()
                .misfire(), usual.run().jitter(), usual.run().timeout().orElse(TIMEOUT));
    }

    private static Timing timing(ConfigSpec config, JobKind kind, JobSpec spec) {
        if (spec.every().isPresent()) {
            return new Timing.Every(spec.every().get());
        }
        ZoneId zone = spec.zone().orElse(config.scheduler().zone());
        return spec.cron()
                .map(cron -> calendar(cron, zone))
                .orElseGet(() -> usual(config, kind, zone));
    }

    private static Timing usual(ConfigSpec config, JobKind kind, ZoneId zone) {
        return switch (kind) {
            case HEALTH -> new Timing.Every(config.monitoring().healthCheckInterval());
            case DETECT -> calendar("0 5 * * *", zone);
            case PUBLISH -> calendar(config.publishing().schedule(), UTC);
            case CACHE_CLEANUP -> calendar("30 3 * * *", zone);
            case RETENTION -> calendar("0 4 * * *", zone);
            case GARBAGE_COLLECTION -> calendar("30 4 * * *", zone);
            case MIRROR -> calendar("0 2 * * *", zone);
            case VERIFY -> calendar("0 1 * * 0", zone);
            case DRIFT -> calendar("0 7 * * *", zone);
        };
    }

    private static boolean hasWork(ConfigSpec config, JobKind kind) {
        return switch (kind) {
            case HEALTH, CACHE_CLEANUP -> true;
            case DETECT, VERIFY, DRIFT -> !config.publishing().tools().isEmpty();
            case PUBLISH -> config.publishing().autoPublish() && !config.publishing()
                    .tools()
                    .isEmpty();
            case RETENTION -> Collections.max(config.repositories()
                    .values()
                    .stream()
                    .map(RepositorySpec::retentionDays)
                    .toList()) > 0;
            case GARBAGE_COLLECTION -> config.primaryRegistry().embedded();
            case MIRROR -> !config.backupRegistries().isEmpty();
        };
    }

    private static Timing calendar(String cron, ZoneId zone) {
        return new Timing.Calendar(new CronTimes(cron, zone.equals(ZoneOffset.UTC) ? UTC : zone));
    }
}
