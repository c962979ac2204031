package dev.chandlery.scheduler.command;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.Json;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.yaml.Suggestion;
import dev.chandlery.scheduler.history.RunRecord;
import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.job.Result;
import dev.chandlery.scheduler.plan.JobPlans;
import dev.chandlery.scheduler.work.Works;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code scheduler once}. */
@Command(name = "once", mixinStandardHelpOptions = true, description = {
        "Run one job now, write it into the history, and alert as scheduler run does.",
        "When the job is running already, here or elsewhere, nothing is done and the exit code is 1."}, footer = {
                "", "Examples:", "  scheduler once health", "  scheduler once publish -o json",
                "  scheduler once mirror:closed-network", "",
                "Exit codes: 0 done, 1 failed, 2 usage or configuration, 3 partly done, 130 interrupted."})
final class OnceCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    private SchedulerCommand scheduler = new SchedulerCommand();

    @Parameters(paramLabel = "JOB", description = "health, detect, publish, cache-cleanup, retention, garbage-collection, mirror, mirror:NAME, verify or drift.")
    private String job = "";

    @Mixin
    private FormatOption format = new FormatOption();

    OnceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        LoadedConfig config = LoadedConfig.load(console, scheduler.global());
        ServiceLogs.begin(config.get(), scheduler.global());
        JobName name = name(config.get(), job);
        Wiring.World world = new Wiring.World(Node.name(console.environment()), console
                .environment(), Node.clock());
        try (Wiring wiring = Wiring.open(config, world, new Works(config, console.environment(),
                Node.clock()));
                StopSignal _ = StopSignal.hear(wiring.executions()::interrupt)) {
            Optional<RunRecord> run = wiring.service().now(name);
            run.ifPresent(this::print);
            return run.map(done -> exitCode(done.result())).orElse(ExitCode.FAILED).code();
        }
    }

    /** @throws CommandException when the configuration has no such job */
    static JobName name(ConfigSpec config, String text) {
        try {
            JobName name = JobName.parse(text);
            if (JobPlans.find(config, name).isPresent()) {
                return name;
            }
        } catch (IllegalArgumentException _) {
            // told below, with the names that there are
        }
        List<String> names = JobPlans.of(config)
                .stream()
                .map(plan -> plan.name().toString())
                .toList();
        throw new CommandException(ExitCode.USAGE, "no such job: " + text, Suggestion.nearest(text,
                names).map(near -> "did you mean " + near + "? There are ").orElse("there are ")
                + String.join(", ", names));
    }

    private void print(RunRecord run) {
        console.out()
                .println(format.json()
                        ? Json.write(RunJson.of(run))
                        : run.job() + " " + run.result().label() + ": " + run.summary());
    }

    private static ExitCode exitCode(Result result) {
        return switch (result) {
            case DONE, NOTHING_TO_DO -> ExitCode.DONE;
            case PARTLY -> ExitCode.PARTLY;
            case STOPPED -> ExitCode.INTERRUPTED;
            case FAILED, TIMED_OUT, LOST, SKIPPED, RUNNING -> ExitCode.FAILED;
        };
    }
}
