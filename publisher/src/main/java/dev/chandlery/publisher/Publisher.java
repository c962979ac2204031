package dev.chandlery.publisher;

import dev.chandlery.cli.Progress;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.cli.state.WorkFolder;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.publisher.flow.Flow;
import dev.chandlery.publisher.plan.PublishPlan;
import dev.chandlery.publisher.plan.ToolUpkeep;
import dev.chandlery.publisher.plan.VersionPlan;
import dev.chandlery.publisher.tags.TagKeeper;
import dev.chandlery.publisher.tags.UpkeepOutcome;
import dev.chandlery.upstream.sources.Upstreams;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Applies a plan. Items run side by side within the budgets of a {@link Flow}; an item that fails keeps its
 * version from being tagged and nothing else from going on.
 *
 * <p><b>Concurrency:</b> one virtual thread for each version and one for each of its items; no permit is held
 * while waiting for another item.
 */
public final class Publisher {
    private final Publishing how;
    private final Upstreams upstreams;
    private final RegistryConnection registry;
    private final Progress progress;
    private final RunAudit audit;

    public Publisher(Publishing how, Upstreams upstreams, RegistryConnection registry,
            Progress progress) {
        this.how = how;
        this.upstreams = upstreams;
        this.registry = registry;
        this.progress = progress;
        this.audit = new RunAudit(how.audit());
    }

    /**
     * Publishes what is pending; blocks until all of it ended.
     *
     * @param parallel downloads at a time, and connections to the registry, at least 1
     */
    public PublishReport apply(PublishPlan plan, int parallel) {
        long start = System.nanoTime();
        plan.failures().forEach(audit::failure);
        List<VersionOutcome> outcomes = plan.versions().stream().anyMatch(VersionPlan::pending)
                ? publish(plan, parallel)
                : plan.versions()
                        .stream()
                        .map(this::unchanged)
                        .toList();
        return new PublishReport(outcomes, plan.waiting(), upkeep(plan, outcomes), plan.failures(),
                plan.notes(),
                List.of(), List.of(), Duration.ofNanos(System.nanoTime() - start));
    }

    /** Tags follow what is published by now, so they are the last to be moved. */
    private List<UpkeepOutcome> upkeep(PublishPlan plan, List<VersionOutcome> outcomes) {
        Set<String> published = outcomes.stream()
                .filter(outcome -> outcome.index().isPresent())
                .map(VersionOutcome::tool)
                .collect(Collectors.toSet());
        List<ToolUpkeep> due = plan.upkeep()
                .stream()
                .filter(upkeep -> upkeep.pending() || published.contains(upkeep.tool().name()))
                .filter(upkeep -> !upkeep.retractions().isEmpty() || !upkeep.tool()
                        .releases()
                        .policy()
                        .floatingTags()
                        .isEmpty())
                .toList();
        return TaskScope.mapAll("upkeep", due, upkeep -> new TagKeeper(registry, upkeep.tool(),
                ToolNames.of(how.config().repositoryOf(upkeep.tool()), upkeep.tool())).keep(upkeep
                        .retractions()))
                .stream()
                .filter(outcome -> !outcome.isEmpty())
                .peek(outcome -> outcome.moves().forEach(audit::tag))
                .toList();
    }

    private List<VersionOutcome> publish(PublishPlan plan, int parallel) {
        try (WorkFolder work = WorkFolder.open(how.config()
                .cache()
                .localCacheDir()
                .resolve("work"))) {
            Flow flow = new Flow(parallel, items(plan));
            PlatformPublisher platforms = new PlatformPublisher(how, upstreams, registry,
                    new PlatformPublisher.Run(work, flow, progress));
            VersionPublisher versions = new VersionPublisher(how, platforms, registry, flow);
            List<VersionOutcome> outcomes = TaskScope.mapAll("publish", plan.versions(),
                    version -> version.pending() ? versions.publish(version) : unchanged(version));
            List<Integer> all = IntStream.range(0, outcomes.size()).boxed().toList();
            return TaskScope.mapAll("settle", all, i -> versions.settled(plan.versions().get(i),
                    outcomes.get(i)));
        }
    }

    private static int items(PublishPlan plan) {
        return plan.versions()
                .stream()
                .filter(VersionPlan::pending)
                .mapToInt(version -> version.publications().size())
                .sum();
    }

    private VersionOutcome unchanged(VersionPlan plan) {
        VersionOutcome outcome = VersionPublisher.unchanged(plan);
        outcome.items().forEach(item -> audit.item(plan, item));
        return outcome;
    }
}
