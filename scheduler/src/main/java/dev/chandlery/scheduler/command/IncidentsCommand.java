package dev.chandlery.scheduler.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.TextTable;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.scheduler.history.Incident;
import dev.chandlery.scheduler.history.RunFilter;
import dev.chandlery.scheduler.history.Store;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code scheduler incidents}. */
@Command(name = "incidents", mixinStandardHelpOptions = true, description = "What is wrong now: jobs that fail, registries that are not well, drift, failed verifications.", footer = {
        "", "Examples:", "  scheduler incidents", "  scheduler incidents --all -o json"})
final class IncidentsCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    private SchedulerCommand scheduler = new SchedulerCommand();

    @Option(names = "--all", description = "Also what is well again.")
    private boolean all;

    @Mixin
    private FormatOption format = new FormatOption();

    IncidentsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ConfigSpec config = LoadedConfig.load(console, scheduler.global()).get();
        try (Store store = Store.open(config, Wiring.secrets(config, console.environment()))) {
            List<Incident> incidents = store.incidents().incidents(!all, RunFilter.MOST);
            if (format.json()) {
                ArrayNode list = Json.array();
                incidents.forEach(incident -> list.add(RunJson.of(incident)));
                console.out().println(Json.write(Json.object().set("incidents", list)));
            } else {
                text(incidents);
            }
        }
        return ExitCode.DONE.code();
    }

    private void text(List<Incident> incidents) {
        TextTable table = new TextTable("SINCE", "RESOLVED", "KIND", "SUBJECT", "WHAT");
        for (Incident incident : incidents) {
            table.row(TimeText.of(incident.opened()), incident.resolved()
                    .map(TimeText::of)
                    .orElse("-"), incident.finding().kind().label(), incident.finding().subject(),
                    incident.finding().text().lines().findFirst().orElse(""));
        }
        if (table.isEmpty()) {
            console.note(all ? "no incidents" : "nothing is wrong");
        } else {
            table.lines().forEach(console.out()::println);
        }
    }
}
