package dev.chandlery.publisher;

import dev.chandlery.cli.Progress;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.state.WorkFolder;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.publisher.plan.PublishPlan;
import dev.chandlery.publisher.plan.VersionPlan;
import dev.chandlery.upstream.sources.Upstreams;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Applies a plan. Items run side by side up to a number of permits; an item that fails keeps its version
 * from being tagged and nothing else from going on.
 *
 * <p><b>Concurrency:</b> one virtual thread for each version and one for each of its items; a permit is
 * held by items only, never while waiting for another.
 */
public final class Publisher {
    private final ConfigSpec config;
    private final Upstreams upstreams;
    private final RegistryConnection registry;
    private final Progress progress;

    public Publisher(ConfigSpec config, Upstreams upstreams, RegistryConnection registry,
            Progress progress) {
        this.config = config;
        this.upstreams = upstreams;
        this.registry = registry;
        this.progress = progress;
    }

    /**
     * Publishes what is pending; blocks until all of it ended.
     *
     * @param parallel number of items at a time, at least 1
     */
    public PublishReport apply(PublishPlan plan, int parallel) {
        long start = System.nanoTime();
        List<VersionOutcome> outcomes = plan.pending()
                ? publish(plan, parallel)
                : plan.versions()
                        .stream()
                        .map(Publisher::unchanged)
                        .toList();
        return new PublishReport(outcomes, plan.failures(), plan.notes(), List.of(), Duration
                .ofNanos(System
                        .nanoTime() - start));
    }

    private List<VersionOutcome> publish(PublishPlan plan, int parallel) {
        try (WorkFolder work = WorkFolder.open(config.cache().localCacheDir().resolve("work"))) {
            PlatformPublisher platforms = new PlatformPublisher(config, upstreams, registry, work,
                    progress);
            VersionPublisher versions = new VersionPublisher(config, platforms, registry,
                    new Semaphore(parallel));
            return TaskScope.mapAll("publish", plan.versions(), version -> version.pending()
                    ? versions.publish(version)
                    : unchanged(version));
        }
    }

    private static VersionOutcome unchanged(VersionPlan plan) {
        return VersionPublisher.unchanged(plan);
    }
}
