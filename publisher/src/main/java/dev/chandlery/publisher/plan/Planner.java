package dev.chandlery.publisher.plan;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.ToolSpec;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.concurrent.TaskScope;
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
        List<PublishPlan.Failure> failures = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Outcome outcome : TaskScope.mapAll("plan", tools, tool -> planTool(tool, selection))) {
            versions.addAll(outcome.versions());
            failures.addAll(outcome.failures());
            notes.addAll(outcome.notes());
        }
        return new PublishPlan(versions, failures, notes);
    }

    private record Outcome(List<VersionPlan> versions, List<PublishPlan.Failure> failures,
            List<String> notes) {}

    private Outcome planTool(ToolSpec tool, Selection selection) {
        try {
            ToolPlanner planner = new ToolPlanner(tool, upstreams.forTool(tool), registry, config
                    .repositoryOf(tool));
            List<VersionPlan> versions = planner.plan(selection);
            return new Outcome(versions, List.of(), planner.notes());
        } catch (OciException e) {
            return new Outcome(List.of(), List.of(new PublishPlan.Failure(tool.name(), e)), List
                    .of());
        }
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
