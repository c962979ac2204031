package dev.chandlery.manager.migrate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.Progress;
import dev.chandlery.cli.registry.RegistryConnection.Access;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.config.endpoint.EndpointSpec;
import dev.chandlery.config.endpoint.RegistriesSpec;
import dev.chandlery.manager.transfer.JobsOption;
import dev.chandlery.manager.transfer.Place;
import dev.chandlery.manager.transfer.Places;
import dev.chandlery.manager.transfer.PruneOptions;
import dev.chandlery.manager.transfer.ReportView;
import dev.chandlery.manager.transfer.Transfer;
import dev.chandlery.manager.transfer.TransferJson;
import dev.chandlery.manager.transfer.TransferOptions;
import dev.chandlery.manager.transfer.TransferOptions.Step;
import dev.chandlery.manager.transfer.TransferReport;
import dev.chandlery.manager.transfer.TransferText;
import dev.chandlery.manager.verify.SignatureCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code manager migrate}. */
@Command(name = "migrate", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Copy everything that registry.yaml lays out, or repositories by name, from one registry to another: tags, indexes, images, and what is attached to them, to the byte.",
        "What is there already is not sent again: an interrupted run is resumed by running it again.",
        "A registry is primary, a backup registry by its host, embedded[:FOLDER], or [http[s]://]host[:port][/namespace]."}, footer = {
                "", "Examples:",
                "  manager migrate --to ghcr.io/acme --dry-run      what would be copied, and how much",
                "  manager migrate --to ghcr.io/acme --verify --switch",
                "  manager migrate --to embedded:/srv/spare --latest 3 --platform linux-x86_64",
                "  manager migrate --from localhost:5000 --to backup.example/tools --include '**' --tags 'v*'",
                "  manager migrate --to backup.example --prune      remove tags that the source lacks",
                "",
                "Exit codes: 0 done, 1 failed, 2 usage, configuration or changes pending, 3 partly done,",
                "130 interrupted."})
public final class MigrateCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--from", paramLabel = "REGISTRY", defaultValue = RegistriesSpec.PRIMARY, description = "Default: ${DEFAULT-VALUE}.")
    private String from = RegistriesSpec.PRIMARY;

    @Option(names = "--to", paramLabel = "REGISTRY", required = true, description = "Where it is copied to.")
    private String to = "";

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Option(names = "--dry-run", description = "Tell what would be copied and removed; write nothing.")
    private boolean dryRun;

    @Option(names = "--detailed-exitcode", description = "With --dry-run: exit 2 when there is something to do.")
    private boolean detailedExitcode;

    @Mixin
    private PruneOptions prune = new PruneOptions();

    @Option(names = "--verify", description = "Read everything back from the target and compare it with its digest.")
    private boolean verify;

    @Option(names = "--switch", description = "When all is copied, make it the primary registry in registry.yaml.")
    private boolean switchOver;

    @Mixin
    private JobsOption jobs = new JobsOption();

    @Mixin
    private FormatOption format = new FormatOption();

    MigrateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        GlobalOptions global = GlobalOptions.of(spec);
        TransferOptions options = options();
        try (Session session = jobs.open(console, global)) {
            Places places = new Places(session);
            EndpointSpec source = places.endpoint(from);
            EndpointSpec target = places.endpoint(to);
            if (Places.same(source, target)) {
                throw new CommandException(ExitCode.USAGE, "--from and --to are the same: "
                        + source.label());
            }
            boolean ofPrimary = Places.same(source, session.config().primaryRegistry());
            Optional<RegistrySwitch> asked = asked(session, target, ofPrimary);
            TransferReport report;
            try (Place there = places.open(target, dryRun
                    ? Access.READ_ONLY
                    : Access.READ_WRITE);
                    Place here = places.open(source, Access.READ_ONLY);
                    Progress progress = Progress.on(console, global.quiet())) {
                report = new Transfer(session.config(), options, progress).through(SignatureCheck
                        .gate(session))
                        .run(here, there);
            }
            ReportView view = new ReportView(console, format, global.quiet());
            view.tell(report);
            boolean whole = report.failed() == 0 && !dryRun;
            Optional<RegistrySwitch> shown = whole && !switchOver && ofPrimary && !selection
                    .isPart() ? possible(session, target) : asked.filter(_ -> whole);
            print(view, report, shown, asked.isPresent() && write(report, asked.get()));
            return exitCode(report, asked.isPresent()).code();
        }
    }

    private TransferOptions options() {
        Set<Step> steps = prune.steps();
        add(steps, dryRun, Step.DRY_RUN);
        add(steps, verify, Step.VERIFY);
        return new TransferOptions(selection.selection(), jobs.jobs(), steps);
    }

    private static void add(Set<Step> steps, boolean asked, Step step) {
        if (asked) {
            steps.add(step);
        }
    }

    /** Known before anything is copied, so that nobody waits for hours to learn that it cannot be done. */
    private Optional<RegistrySwitch> asked(Session session, EndpointSpec target,
            boolean ofPrimary) {
        if (switchOver && !ofPrimary) {
            throw new CommandException(ExitCode.USAGE,
                    "--switch goes with --from primary: only what came from the primary registry replaces it");
        }
        return switchOver
                ? Optional.of(RegistrySwitch.plan(session.config(), target).requireWritable())
                : Optional.empty();
    }

    /** What would only be shown is left out where it cannot be done. */
    private static Optional<RegistrySwitch> possible(Session session, EndpointSpec target) {
        try {
            return Optional.of(RegistrySwitch.plan(session.config(), target));
        } catch (CommandException _) {
            return Optional.empty();
        }
    }

    /** Not to a registry of which nobody knows whether it has anything. */
    private boolean write(TransferReport report, RegistrySwitch change) {
        boolean complete = isComplete(report);
        if (complete) {
            change.write();
        } else if (!dryRun) {
            console.note("Warning: registry.yaml is left as it is, as " + (report.failed() > 0
                    ? "not all was copied"
                    : "there was nothing to copy"));
        }
        return complete;
    }

    private boolean isComplete(TransferReport report) {
        return report.failed() == 0 && !dryRun && report.total().tags().all() > 0;
    }

    private static void print(ReportView view, TransferReport report,
            Optional<RegistrySwitch> shown, boolean written) {
        ObjectNode document = TransferJson.document(report);
        List<String> lines = new ArrayList<>(TransferText.lines(report));
        shown.ifPresent(change -> {
            document.set("switch", change.json(written));
            lines.addAll(change.lines(written));
        });
        view.print(document, lines);
    }

    private ExitCode exitCode(TransferReport report, boolean switching) {
        if (report.failed() > 0) {
            return report.exitCode();
        }
        if (dryRun) {
            return detailedExitcode && report.changes() ? ExitCode.CHANGES_PENDING : ExitCode.DONE;
        }
        return switching && !isComplete(report) ? ExitCode.FAILED : ExitCode.DONE;
    }
}
