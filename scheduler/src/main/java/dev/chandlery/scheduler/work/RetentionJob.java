package dev.chandlery.scheduler.work;

import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.RegistryConnection.Access;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.config.BundleSpec;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.endpoint.RepositorySpec;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.publisher.plan.PublishPlan;
import dev.chandlery.publisher.plan.Selection;
import dev.chandlery.publisher.run.PublishRun;
import dev.chandlery.scheduler.job.Job;
import dev.chandlery.scheduler.job.Outcome;
import dev.chandlery.scheduler.job.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Removes versions that upstream released longer ago than their group's {@code retention_days}. A version
 * that publishing wants stays whatever its age, or the next run would publish it again; so nothing is
 * removed of a tool whose upstream does not answer. Versions that bundles are made of stay, too. Of bundles go
 * versions that registry.yaml no longer names, by the age of their newest tool.
 */
record RetentionJob(Workplace place) implements Job {

    @Override
    public Outcome run() {
        List<ToolSpec> tools = place.config()
                .publishing()
                .tools()
                .values()
                .stream()
                .filter(tool -> place.config().repositoryOf(tool).retentionDays() > 0)
                .toList();
        List<BundleSpec> bundles = place.config()
                .bundles()
                .values()
                .stream()
                .filter(bundle -> place.config().repositoryOf(bundle).retentionDays() > 0)
                .toList();
        if (tools.isEmpty() && bundles.isEmpty()) {
            return Outcome.of(Result.NOTHING_TO_DO, "no group has retention_days");
        }
        Removed removed = new Removed(new ArrayList<>(), new ArrayList<>());
        try (Session session = place.session();
                RegistryConnection registry = session.primary(Access.READ_WRITE)) {
            if (!tools.isEmpty()) {
                retain(registry, tools, plan(session, tools), removed);
            }
            bundles.forEach(bundle -> removed.of("bundle " + bundle.name(),
                    () -> new BundleRetention(
                            place.config(), registry, bundle).removeOlder(before(place.config()
                                    .repositoryOf(bundle)))));
        }
        return outcome(tools.size() + bundles.size(), removed);
    }

    /** What went, and what could not be looked at. */
    private record Removed(List<String> versions, List<String> failures) {

        void of(String name, Supplier<List<String>> removal) {
            try {
                removal.get().forEach(version -> versions.add(name + " " + version));
            } catch (OperationCancelledException e) {
                throw e;
            } catch (OciException e) {
                failures.add(name + ": " + e.getMessage());
            }
        }
    }

    private Instant before(RepositorySpec group) {
        return place.now().minus(Duration.ofDays(group.retentionDays()));
    }

    private void retain(RegistryConnection registry, List<ToolSpec> tools, PublishPlan plan,
            Removed removed) {
        plan.failures()
                .forEach(failure -> removed.failures.add(failure.tool() + ": " + failure.cause()
                        .getMessage()));
        Set<String> failed = plan.failures()
                .stream()
                .map(PublishPlan.Failure::tool)
                .collect(Collectors.toSet());
        ConfigSpec config = place.config();
        for (ToolSpec tool : tools) {
            if (!failed.contains(tool.name())) {
                removed.of(tool.name(), () -> new ToolRetention(config, registry, tool).removeOlder(
                        before(config.repositoryOf(tool)), wanted(tool, plan)));
            }
        }
    }

    /** Everything that is wanted, of tools that are published only by name, too. */
    private static PublishPlan plan(Session session, List<ToolSpec> tools) {
        Selection selection = new Selection(tools.stream().map(ToolSpec::name).toList(), Selection
                .everything()
                .newest(), Selection.everything().version(), List.of(), false);
        try (PublishRun run = PublishRun.open(session, true)) {
            return run.plan(selection);
        }
    }

    private Set<String> wanted(ToolSpec tool, PublishPlan plan) {
        Set<String> wanted = plan.versions()
                .stream()
                .filter(version -> version.tool().name().equals(tool.name()))
                .map(version -> version.version())
                .collect(Collectors.toCollection(HashSet::new));
        wanted.addAll(pinned(tool));
        return wanted;
    }

    /** What bundles are made of, also of those that are built only by name. */
    private List<String> pinned(ToolSpec tool) {
        return place.config()
                .bundles()
                .values()
                .stream()
                .flatMap(bundle -> bundle.tools().stream())
                .filter(member -> member.tool().equals(tool.name()))
                .map(BundleSpec.Member::version)
                .toList();
    }

    private static Outcome outcome(int looked, Removed all) {
        List<String> removed = all.versions();
        String text = Summaries.count(removed.size(), "version") + " removed" + (removed.isEmpty()
                ? ""
                : ": " + Summaries.list(removed));
        if (all.failures().isEmpty()) {
            return Outcome.of(removed.isEmpty() ? Result.NOTHING_TO_DO : Result.DONE, text);
        }
        return Outcome.of(all.failures().size() >= looked && removed.isEmpty()
                ? Result.FAILED
                : Result.PARTLY, text + "; failed: " + Summaries.list(all.failures()));
    }
}
