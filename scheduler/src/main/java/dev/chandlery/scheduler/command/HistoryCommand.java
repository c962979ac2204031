package dev.chandlery.scheduler.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.TextTable;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.scheduler.history.RunFilter;
import dev.chandlery.scheduler.history.RunRecord;
import dev.chandlery.scheduler.history.Store;
import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.job.Result;
import dev.chandlery.scheduler.lock.JobLocks;
import dev.chandlery.scheduler.run.LostRuns;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code scheduler history}. */
@Command(name = "history", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "What ran, the latest first.",
        "Runs are forgotten after history_days of registry.yaml; --prune forgets them sooner."}, footer = {
                "", "Examples:", "  scheduler history --job publish",
                "  scheduler history --result failed --since 7d -o json",
                "  scheduler history --prune 30d"})
final class HistoryCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    private SchedulerCommand scheduler = new SchedulerCommand();

    @Option(names = "--job", paramLabel = "JOB", description = "Only that one's runs.")
    private @Nullable String job;

    @Option(names = "--result", paramLabel = "RESULT", description = "Only runs that ended so: done, nothing-to-do, partly, failed, timed-out, stopped, lost, skipped, or running.")
    private @Nullable String result;

    @Option(names = "--since", paramLabel = "TIME", description = "Only runs that started then or later: 12h, 7d, 2026-01-31, or 2026-01-31T06:00:00Z.")
    private @Nullable String since;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "At most so many, 1 to "
            + RunFilter.MOST + "; default: ${DEFAULT-VALUE}.")
    private int limit = 20;

    @Option(names = "--prune", paramLabel = "TIME", description = "Forget runs, and resolved incidents, that are older.")
    private @Nullable String prune;

    @Mixin
    private FormatOption format = new FormatOption();

    HistoryCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ConfigSpec config = LoadedConfig.load(console, scheduler.global()).get();
        RunFilter filter = filter(config);
        try (Store store = Store.open(config, Wiring.secrets(config, console.environment()))) {
            LostRuns.mark(store.history(), JobLocks.of(store));
            if (prune != null) {
                console.note("forgot " + store.history()
                        .prune(TimeText.since(prune, Node.clock().instant())) + " runs");
            }
            List<RunRecord> runs = store.history().runs(filter);
            if (format.json()) {
                ArrayNode list = Json.array();
                runs.forEach(run -> list.add(RunJson.of(run)));
                console.out().println(Json.write(Json.object().set("runs", list)));
            } else {
                text(runs);
            }
        }
        return ExitCode.DONE.code();
    }

    private RunFilter filter(ConfigSpec config) {
        Optional<JobName> name = Optional.ofNullable(job)
                .map(text -> known(config, text));
        Optional<Result> ended = Optional.ofNullable(result).map(HistoryCommand::parse);
        try {
            return new RunFilter(name, ended, Optional.ofNullable(since)
                    .map(text -> TimeText.since(text, Node.clock().instant())), limit);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, "--limit: " + e.getMessage());
        }
    }

    /** A job of the configuration, or a mirror that was in it: its runs are in the history still. */
    private static JobName known(ConfigSpec config, String text) {
        return text.startsWith("mirror:") ? JobName.parse(text) : OnceCommand.name(config, text);
    }

    private static Result parse(String text) {
        return Result.find(text)
                .orElseThrow(() -> new CommandException(ExitCode.USAGE, "no such result: " + text,
                        "there are " + Arrays.stream(Result.values())
                                .map(Result::label)
                                .collect(Collectors.joining(", "))));
    }

    private void text(List<RunRecord> runs) {
        TextTable table = new TextTable("STARTED", "JOB", "RESULT", ">TOOK", "NODE", "SUMMARY");
        for (RunRecord run : runs) {
            table.row(TimeText.of(run.times().started()), run.job().toString(), run.result()
                    .label() + (run.attempt() > 1 ? " (attempt " + run.attempt() + ")" : ""), run
                            .duration()
                            .map((Duration time) -> TimeText.of(time))
                            .orElse(""), run.node(), firstLine(run.summary()));
        }
        if (table.isEmpty()) {
            console.note("no runs");
        } else {
            table.lines().forEach(console.out()::println);
        }
        if (runs.size() == limit && limit < RunFilter.MOST) {
            console.note("the latest " + limit + "; --limit shows more, if there are any");
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
