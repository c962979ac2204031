package dev.chandlery.publisher.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.TextTable;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.publisher.drift.DriftIncident;
import dev.chandlery.publisher.run.PublishRun;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code publisher drift list}. */
@Command(name = "list", mixinStandardHelpOptions = true, sortOptions = false, description = "List incidents that the registry has on record; asks no upstream.", footer = {
        "", "Examples:", "  publisher drift list", "  publisher drift list --all -o json"})
final class DriftListCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ToolsOption tools = new ToolsOption();

    @Option(names = "--all", description = "Also those that were accepted, or are over.")
    private boolean all;

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private @Nullable CommandSpec spec;

    DriftListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        GlobalOptions global = GlobalOptions.of(Objects.requireNonNull(spec));
        try (Session session = Session.open(console, global);
                PublishRun run = PublishRun.open(session, true)) {
            List<DriftIncident> incidents = TaskScope.mapAll("drift", tools.tools(session.config()),
                    tool -> all ? run.incidents(tool) : run.openIncidents(tool))
                    .stream()
                    .flatMap(List::stream)
                    .toList();
            console.out()
                    .println(format.json()
                            ? Json.write(document(incidents))
                            : String.join(
                                    "\n", lines(incidents)));
            return ExitCode.DONE.code();
        }
    }

    private List<String> lines(List<DriftIncident> incidents) {
        if (incidents.isEmpty()) {
            return List.of(all ? "No incident is on record" : "No incident is open");
        }
        TextTable table = new TextTable("TOOL", "VERSION", "PLATFORM", "STATE", "FOUND", "FILE",
                "ACCEPTED", "OBSERVED", "DECIDED");
        incidents.forEach(incident -> table.row(incident.tool(), incident.version(), incident
                .platform()
                .value(), incident.state().label(), incident.found().toString(), incident.change()
                        .file(), ReportText.shortened(incident.change().accepted()), incident
                                .change()
                                .observedDigest()
                                .map(ReportText::shortened)
                                .orElse(incident.change().observed()), incident.decision()
                                        .map(decision -> decision.by() + ": " + decision.reason())
                                        .orElse("")));
        return table.lines();
    }

    private static ObjectNode document(List<DriftIncident> incidents) {
        ObjectNode root = Json.object();
        ArrayNode list = root.putArray("incidents");
        for (DriftIncident incident : incidents) {
            UpkeepView.drift(list.addObject()
                    .put("tool", incident.tool())
                    .put("version", incident
                            .version())
                    .put("platform", incident.platform().value()), incident);
        }
        return root;
    }
}
