package dev.chandlery.publisher.command;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.ProgramVersion;
import dev.chandlery.cli.Progress;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.oci.OciException;
import dev.chandlery.publisher.PublishReport;
import dev.chandlery.publisher.Publishing;
import dev.chandlery.publisher.bundle.BundleForecast;
import dev.chandlery.publisher.plan.PublishPlan;
import dev.chandlery.publisher.run.PublishRun;
import dev.chandlery.publisher.smoke.SmokeTest;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code publisher}. */
@Command(name = "publisher", sortOptions = false, versionProvider = ProgramVersion.class, subcommands = {
        DriftCommand.class, AcceptDriftCommand.class, ImportCommand.class,
        AutoComplete.GenerateCompletion.class}, description = "Finds upstream releases, verifies them, pushes them to the registry of registry.yaml, and builds its bundles of them.", footer = {
                "", "Examples:",
                "  publisher --dry-run                       what would be published",
                "  publisher --tool protoc --versions 2      the two newest versions of protoc",
                "  publisher --tool buf --version 1.66.0 --platform linux-x86_64",
                "  publisher --bundle all                    bundles alone, of tools that are published",
                "  publisher --dry-run --detailed-exitcode   exit 2 when there is something to do",
                "  publisher -o json                         one JSON document on standard output",
                "",
                "Exit codes: 0 done, 1 failed, 2 usage, configuration or changes pending, 3 partly done,",
                "130 interrupted. A published file that upstream changed counts as failed."})
public final class PublishCommand implements Callable<Integer> {
    private static final int MOST_PARALLEL = 64;

    private final Console console;

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Option(names = "--bundle", paramLabel = "NAME", split = ",", description = "Build these bundles of registry.yaml, or all, and publish no tools.")
    private List<String> bundles = List.of();

    @Option(names = "--dry-run", description = "Show the plan; write nothing anywhere.")
    private boolean dryRun;

    @Option(names = "--detailed-exitcode", description = "With --dry-run: exit 2 when there is something to do.")
    private boolean detailedExitcode;

    @Option(names = "--smoke", description = "Run what is packed for this machine with --version (version_arguments of the tool)"
            + " before it is pushed; it must tell its version.")
    private boolean smoke;

    @Option(names = "--parallel", paramLabel = "N", description = "Downloads at a time, and connections to the registry, 1 to "
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
        if (smoke && dryRun) {
            throw new CommandException(ExitCode.USAGE,
                    "--smoke and --dry-run exclude each other: nothing is packed in a dry run");
        }
        if (selection.asksForProgramVersion()) {
            print("publisher " + ProgramVersion.current());
            return ExitCode.DONE.code();
        }
        if (!bundles.isEmpty()) {
            return buildBundles();
        }
        try (Session session = Session.open(console, global);
                PublishRun run = PublishRun.open(session, dryRun)) {
            PublishPlan plan = run.plan(selection.selection());
            tell(plan);
            return dryRun ? show(session, plan) : apply(session, run, plan);
        }
    }

    private int buildBundles() {
        if (selection.isNarrowed()) {
            throw new CommandException(ExitCode.USAGE,
                    "--bundle builds what is published; publish tools in a run of their own");
        }
        try (Session session = Session.open(console, global)) {
            return new BundleRun(console, session, new BundleRun.Options(dryRun, detailedExitcode,
                    format.json(), global.quiet())).run(bundles);
        }
    }

    private int show(Session session, PublishPlan plan) {
        print(format.json()
                ? Json.write(PlanView.document(plan))
                : String.join("\n", PlanView
                        .lines(plan)));
        int failedBundles = (int) plan.bundles().stream().filter(BundleForecast::failed).count();
        ExitCode planned = ExitCode.ofItems(plan.versions().size() + plan.waiting().size(), plan
                .failures()
                .size() + plan.drifted().size() + failedBundles);
        if (planned != ExitCode.DONE) {
            return session.metrics().ended(planned);
        }
        session.metrics().ended(ExitCode.DONE);
        return detailedExitcode && plan.pending()
                ? ExitCode.CHANGES_PENDING.code()
                : ExitCode.DONE
                        .code();
    }

    private int apply(Session session, PublishRun run, PublishPlan plan) {
        int permits = permits(session);
        PublishReport report;
        try (Progress progress = Progress.on(console, global.quiet())) {
            Publishing how = Publishing.of(session);
            report = run.apply(smoke ? how.withSmoke(SmokeTest.DEFAULT) : how, plan, permits,
                    progress);
        }
        count(run, report);
        ReportText.errors(report)
                .forEach(line -> console.note(console.alarming("Error:") + " "
                        + line));
        ReportText.warnings(report).forEach(line -> console.note("Warning: " + line));
        print(format.json()
                ? Json.write(ReportJson.document(report))
                : String.join("\n", ReportText
                        .lines(report)));
        return session.metrics().ended(report.exitCode());
    }

    /** Sums that cannot be kept are told, and are no reason to fail. */
    private void count(PublishRun run, PublishReport report) {
        try {
            run.count(report);
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
            plan.drifted()
                    .forEach(incident -> console.note(console.alarming("Error:") + " " + incident
                            .tool() + " " + incident.version() + " " + incident.platform() + ": "
                            + incident.message()));
            BundleView.errors(plan.bundles())
                    .forEach(error -> console.note(console.alarming("Error:") + " " + error));
        }
    }

    private void print(String result) {
        console.out().println(result);
    }
}
