package dev.chandlery.scheduler.work;

import dev.chandlery.cli.metrics.Metrics;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.scheduler.job.Job;
import dev.chandlery.scheduler.job.JobName;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The work of each job, with the configuration as it is when the job begins.
 *
 * @param config of now
 * @param environment of the process
 * @param clock that ages are reckoned by
 * @param metrics of the process
 */
public record Works(Supplier<ConfigSpec> config, Map<String, String> environment,
        InstantSource clock, Metrics metrics) implements Function<JobName, Job> {

    /** Work that nobody measures. */
    public Works(Supplier<ConfigSpec> config, Map<String, String> environment,
            InstantSource clock) {
        this(config, environment, clock, Metrics.NONE);
    }

    @Override
    public Job apply(JobName name) {
        Workplace place = new Workplace(config.get(), environment, clock, metrics);
        return switch (name.kind()) {
            case HEALTH -> new HealthJob(place);
            case DETECT -> new DetectJob(place);
            case PUBLISH -> new PublishJob(place);
            case CACHE_CLEANUP -> new CacheCleanupJob(place);
            case RETENTION -> new RetentionJob(place);
            case GARBAGE_COLLECTION -> new CollectionJob(place, CollectionJob.asConfigured(place
                    .config()));
            case MIRROR -> new MirrorJob(place, name.part());
            case VERIFY -> new VerifyJob(place);
            case DRIFT -> new DriftJob(place);
        };
    }

    @Override
    public String toString() {
        return "works";
    }
}
