package dev.chandlery.publisher.plan;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.BundleSpec;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.publisher.attest.EvidenceCheck;
import dev.chandlery.upstream.sources.Upstreams;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Makes the plan of a run: asks upstreams and the registry, writes nowhere. */
public final class Planner {
    private final ConfigSpec config;
    private final Upstreams upstreams;
    private final RegistryConnection registry;

    public Planner(ConfigSpec config, Upstreams upstreams, RegistryConnection registry) {
        this.config = config;
        this.upstreams = upstreams;
        this.registry = registry;
    }

    /**
     * Plans each tool on its own; one that fails does not keep the others from being planned.
     *
     * @throws CommandException when a tool is asked for that registry.yaml does not have
     */
    public PublishPlan plan(Selection selection) {
        List<ToolSpec> tools = tools(selection);
        List<VersionPlan> versions = new ArrayList<>();
        List<Waiting> waiting = new ArrayList<>();
        List<ToolUpkeep> upkeep = new ArrayList<>();
        List<PublishPlan.Failure> failures = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Outcome outcome : TaskScope.mapAll("plan", tools, tool -> planTool(tool, selection))) {
            switch (outcome) {
                case Failed(PublishPlan.Failure failure) -> failures.add(failure);
                case Done(ToolPlanner.Planned planned) -> {
                    versions.addAll(planned.versions());
                    waiting.addAll(planned.waiting());
                    upkeep.add(planned.upkeep());
                    notes.addAll(planned.notes());
                }
            }
        }
        return new PublishPlan(versions, waiting, upkeep, failures, notes, List.of());
    }

    private sealed interface Outcome {}

    private record Done(ToolPlanner.Planned planned) implements Outcome {}

    private record Failed(PublishPlan.Failure failure) implements Outcome {}

    private Outcome planTool(ToolSpec tool, Selection selection) {
        try {
            ToolView view = new ToolView(tool, upstreams.forTool(tool), registry, ToolNames.of(
                    config.repositoryOf(tool), tool), upstreams.clock());
            return new Done(new ToolPlanner(view, selection, pins(tool, selection), EvidenceCheck
                    .of(config)).plan());
        } catch (OciException e) {
            return new Failed(new PublishPlan.Failure(tool.name(), e));
        }
    }

    /** Versions of bundles that runs build, unless only other versions are asked for. */
    private List<String> pins(ToolSpec tool, Selection selection) {
        if (selection.newest().isPresent() || selection.version().isPresent()) {
            return List.of();
        }
        return config.bundles()
                .values()
                .stream()
                .filter(bundle -> config.repositoryOf(bundle).autoPublish())
                .flatMap(bundle -> bundle.tools().stream())
                .filter(member -> member.tool().equals(tool.name()))
                .map(BundleSpec.Member::version)
                .distinct()
                .toList();
    }

    private List<ToolSpec> tools(Selection selection) {
        var all = config.publishing().tools();
        if (selection.tools().isEmpty()) {
            return all.values().stream().filter(this::publishedByItself).toList();
        }
        var unknown = new TreeSet<>(selection.tools());
        unknown.removeAll(all.keySet());
        if (!unknown.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "no such tool in " + config.file() + ": "
                    + String.join(", ", unknown), "it has " + String.join(", ", all.keySet()));
        }
        return all.values().stream().filter(t -> selection.tools().contains(t.name())).toList();
    }

    private boolean publishedByItself(ToolSpec tool) {
        return tool.autoPublish() && config.repositoryOf(tool).autoPublish();
    }
}
