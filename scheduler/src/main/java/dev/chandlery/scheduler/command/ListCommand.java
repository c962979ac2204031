package dev.chandlery.scheduler.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.TextTable;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.scheduler.history.History;
import dev.chandlery.scheduler.history.RunRecord;
import dev.chandlery.scheduler.history.Store;
import dev.chandlery.scheduler.lock.JobLocks;
import dev.chandlery.scheduler.plan.JobPlan;
import dev.chandlery.scheduler.plan.JobPlans;
import dev.chandlery.scheduler.run.LostRuns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code scheduler list}. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Each job: when it runs, its next run, its last run and how that ended.", footer = {
        "", "Examples:", "  scheduler list", "  scheduler list -o json"})
final class ListCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    private SchedulerCommand scheduler = new SchedulerCommand();

    @Mixin
    private FormatOption format = new FormatOption();

    ListCommand(Console console) {
        this.console = console;
    }

    private record Row(JobPlan plan, Optional<Instant> next, Optional<RunRecord> last) {}

    @Override
    public Integer call() {
        ConfigSpec config = LoadedConfig.load(console, scheduler.global()).get();
        try (Store store = Store.open(config, Wiring.secrets(config, console.environment()))) {
            LostRuns.mark(store.history(), JobLocks.of(store));
            Instant now = Node.clock().instant();
            List<Row> rows = JobPlans.of(config)
                    .stream()
                    .map(plan -> row(plan, store.history(), now))
                    .toList();
            if (format.json()) {
                ArrayNode list = Json.array();
                rows.forEach(row -> list.add(json(row)));
                console.out().println(Json.write(Json.object().set("jobs", list)));
            } else {
                text(rows);
            }
        }
        return ExitCode.DONE.code();
    }

    private static Row row(JobPlan plan, History history, Instant now) {
        Optional<Instant> counts = history.lastConclusive(plan.name())
                .map(run -> run.times().started());
        return new Row(plan, plan.timing().flatMap(timing -> timing.next(now, counts)), history
                .last(plan.name()));
    }

    private void text(List<Row> rows) {
        TextTable table = new TextTable("JOB", "WHEN", "NEXT", "LAST", ">TOOK", "RESULT");
        for (Row row : rows) {
            table.row(row.plan().name().toString(), row.plan()
                    .timing()
                    .map(Object::toString)
                    .orElse("when asked"), row.next().map(TimeText::of).orElse("-"), row.last()
                            .map(run -> TimeText.of(run.times().started()))
                            .orElse("never"), row.last()
                                    .flatMap(RunRecord::duration)
                                    .map(TimeText::of)
                                    .orElse(""), row.last()
                                            .map(run -> run.result().label())
                                            .orElse(""));
        }
        table.lines().forEach(console.out()::println);
    }

    private static ObjectNode json(Row row) {
        ObjectNode node = Json.object().put("job", row.plan().name().toString());
        row.plan().timing().ifPresent(timing -> node.put("when", timing.toString()));
        row.next().ifPresent(next -> node.put("next", RunJson.text(next)));
        row.last().ifPresent(run -> node.set("last", RunJson.of(run)));
        return node;
    }
}
