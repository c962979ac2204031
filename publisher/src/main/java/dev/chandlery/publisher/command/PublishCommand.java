package dev.chandlery.publisher.command;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.ProgramVersion;
import dev.chandlery.cli.Progress;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.RegistryConnection.Access;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.cli.state.Counter;
import dev.chandlery.cli.state.RunStateFile;
import dev.chandlery.oci.OciException;
import dev.chandlery.publisher.BackupPublisher;
import dev.chandlery.publisher.PublishReport;
import dev.chandlery.publisher.Publisher;
import dev.chandlery.publisher.plan.Planner;
import dev.chandlery.publisher.plan.PublishPlan;
import dev.chandlery.upstream.UpstreamContext;
import dev.chandlery.upstream.sources.Upstreams;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code publisher}. */
@Command(name = "publisher", sortOptions = false, versionProvider = ProgramVersion.class, subcommands = AutoComplete.GenerateCompletion.class, description = "Finds upstream releases, verifies them, and pushes them to the registry of registry.yaml.", footer = {
        "", "Examples:", "  publisher --dry-run                       what would be published",
        "  publisher --tool protoc --versions 2      the two newest versions of protoc",
        "  publisher --tool buf --version 1.66.0 --platform linux-x86_64",
        "  publisher --dry-run --detailed-exitcode   exit 2 when there is something to do",
        "  publisher -o json                         one JSON document on standard output", "",
        "Exit codes: 0 done, 1 failed, 2 usage, configuration or changes pending, 3 partly done,",
        "130 interrupted."})
public final class PublishCommand implements Callable<Integer> {
    private static final int MOST_PARALLEL = 64;

    private final Console console;
    private final long startNanos = System.nanoTime();

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Option(names = "--dry-run", description = "Show the plan; write nothing anywhere.")
    private boolean dryRun;

    @Option(names = "--detailed-exitcode", description = "With --dry-run: exit 2 when there is something to do.")
    private boolean detailedExitcode;

    @Option(names = "--parallel", paramLabel = "N", description = "Platforms at a time, 1 to "
            + MOST_PARALLEL + "; default: parallel_uploads of registry.yaml.")
    private @Nullable Integer parallel;

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    private GlobalOptions global = new GlobalOptions();

    @SuppressWarnings("UnusedVariable") // picocli acts on it
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this and exit.")
    private boolean help;

    @SuppressWarnings("UnusedVariable") // picocli acts on it
    @Option(names = "-V", versionHelp = true, description = "Print this program's version and exit.")
    private boolean printVersion;

    PublishCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (selection.asksForProgramVersion()) {
            print("publisher " + ProgramVersion.current());
            return ExitCode.DONE.code();
        }
        try (Session session = Session.open(console, global);
                RegistryConnection registry = session.primary(dryRun
                        ? Access.READ_ONLY
                        : Access.READ_WRITE);
                Upstreams upstreams = new Upstreams(new UpstreamContext(session.config(),
                        session.transport(), console.environment(), dryRun))) {
            PublishPlan plan = new Planner(session.config(), upstreams, registry).plan(selection
                    .selection());
            tell(plan);
            return dryRun ? show(plan) : apply(session, upstreams, registry, plan);
        }
    }

    private int show(PublishPlan plan) {
        print(format.json()
                ? Json.write(PlanView.document(plan))
                : String.join("\n", PlanView
                        .lines(plan)));
        ExitCode planned = ExitCode.ofItems(plan.versions().size(), plan.failures().size());
        if (planned != ExitCode.DONE) {
            return planned.code();
        }
        return detailedExitcode && plan.pending()
                ? ExitCode.CHANGES_PENDING.code()
                : ExitCode.DONE
                        .code();
    }

    private int apply(Session session, Upstreams upstreams, RegistryConnection registry,
            PublishPlan plan) {
        int permits = permits(session);
        PublishReport report;
        try (Progress progress = Progress.on(console, global.quiet())) {
            PublishReport done = new Publisher(session.config(), upstreams, registry, progress)
                    .apply(plan, permits);
            report = done.with(new BackupPublisher(session, registry).copy(done.versions()))
                    .within(Duration.ofNanos(System.nanoTime() - startNanos));
        }
        count(session, report);
        ReportText.errors(report)
                .forEach(line -> console.note(console.alarming("Error:") + " "
                        + line));
        ReportText.warnings(report).forEach(line -> console.note("Warning: " + line));
        print(format.json()
                ? Json.write(ReportJson.document(report))
                : String.join("\n", ReportText
                        .lines(report)));
        return report.exitCode().code();
    }

    /** Sums that cannot be kept are told, and are no reason to fail. */
    private void count(Session session, PublishReport report) {
        Optional<Instant> published = report.published() > 0
                ? Optional.of(Instant.now())
                : Optional.empty();
        try {
            new RunStateFile(session.config().cache().localCacheDir()).add(Map.of(
                    Counter.ARTIFACTS_PUBLISHED, (long) report.published(),
                    Counter.ARTIFACTS_VERIFIED, (long) report.published(), Counter.ERRORS,
                    (long) report.failed()), published);
        } catch (OciException e) {
            console.note("Warning: " + e.getMessage());
        }
    }

    private int permits(Session session) {
        int permits = parallel != null ? parallel : session.config().publishing().parallelUploads();
        if (permits < 1 || permits > MOST_PARALLEL) {
            throw new CommandException(ExitCode.USAGE, "--parallel must be 1 to " + MOST_PARALLEL
                    + ", got " + permits);
        }
        return permits;
    }

    private void tell(PublishPlan plan) {
        if (!global.quiet()) {
            plan.notes().forEach(note -> console.note("Note: " + note));
        }
        if (dryRun) {
            plan.failures()
                    .forEach(failure -> console.note(console.alarming("Error:") + " "
                            + failure.tool() + ": " + failure.cause().getMessage()));
        }
    }

    private void print(String result) {
        console.out().println(result);
    }
}
