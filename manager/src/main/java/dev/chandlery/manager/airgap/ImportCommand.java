package dev.chandlery.manager.airgap;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.Progress;
import dev.chandlery.cli.registry.RegistryConnection.Access;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.endpoint.RegistriesSpec;
import dev.chandlery.config.source.NamePattern;
import dev.chandlery.config.tool.SelectionSpec;
import dev.chandlery.manager.migrate.SelectionOptions;
import dev.chandlery.manager.transfer.Guard;
import dev.chandlery.manager.transfer.JobsOption;
import dev.chandlery.manager.transfer.Place;
import dev.chandlery.manager.transfer.Places;
import dev.chandlery.manager.transfer.ReportView;
import dev.chandlery.manager.transfer.Transfer;
import dev.chandlery.manager.transfer.TransferJson;
import dev.chandlery.manager.transfer.TransferOptions;
import dev.chandlery.manager.transfer.TransferOptions.Step;
import dev.chandlery.manager.transfer.TransferPlan;
import dev.chandlery.manager.transfer.TransferPlanner;
import dev.chandlery.manager.transfer.TransferReport;
import dev.chandlery.manager.transfer.TransferText;
import dev.chandlery.manager.verify.SignatureCheck;
import dev.chandlery.oci.store.Layout;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code manager import}. */
@Command(name = "import", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Copy an OCI layout, a folder or a tar that manager export or another program wrote, into a registry.",
        "First all of it is read: every digest is compared, and what was left out must be at the registry; nothing is written if anything is wrong. Each tag is moved when all below it is there."}, footer = {
                "", "Examples:", "  manager import tools.tar --dry-run",
                "  manager import tools.tar --to registry.example/mirror",
                "  manager import tools.tar --include 'tools/*' --tags 'v31.*'",
                "  skopeo copy docker://docker.io/library/alpine:3 oci-archive:alpine.tar:3",
                "  manager import alpine.tar --repository base/alpine", "",
                "Exit codes: 0 done, 1 failed, 2 usage or configuration, 3 partly done, 130 interrupted."})
public final class ImportCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE.tar|DIR", converter = LayoutPath.class, description = "The layout.")
    private Path file = Path.of("");

    @Option(names = "--to", paramLabel = "REGISTRY", defaultValue = RegistriesSpec.PRIMARY, description = "As migrate takes it; default: ${DEFAULT-VALUE}.")
    private String to = RegistriesSpec.PRIMARY;

    @Option(names = "--repository", paramLabel = "NAME[:TAG]", description = "For names in the layout that are tags only, or for the only manifest if it has no name.")
    private @Nullable String repository;

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Option(names = "--dry-run", description = "Check all of it and tell what would be copied; write nothing.")
    private boolean dryRun;

    @Mixin
    private JobsOption jobs = new JobsOption();

    @Mixin
    private FormatOption format = new FormatOption();

    ImportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        GlobalOptions global = GlobalOptions.of(spec);
        ImportNames names = ImportNames.parse(repository);
        TransferOptions options = new TransferOptions(selected(), jobs.jobs(), dryRun
                ? Set.of(Step.DRY_RUN)
                : Set.of());
        try (Session session = jobs.open(console, global);
                ImportPlace source = names.open(Layout.open(file), file)) {
            Places places = new Places(session);
            Guard guard = new Guard(session.config(), SignatureCheck.gate(session));
            TransferReport report;
            try (Place target = places.open(places.endpoint(to), dryRun
                    ? Access.READ_ONLY
                    : Access.READ_WRITE);
                    Progress progress = Progress.on(console, global.quiet())) {
                TransferPlan plan = plan(guard.config(), options, source, target);
                try (Progress.Item item = progress.start("check " + file)) {
                    new ImportCheck(source, guard, options.what(), item).run(plan);
                }
                report = new Transfer(session.config(), options, progress).run(source, target);
            }
            ReportView view = new ReportView(console, format, global.quiet());
            view.tell(report);
            view.print(TransferJson.document(report), TransferText.lines(report));
            return report.exitCode().code();
        }
    }

    /** All that is in the layout, where no pattern tells otherwise. */
    private SelectionSpec selected() {
        SelectionSpec what = selection.selection();
        return !what.include().isEmpty()
                ? what
                : new SelectionSpec(List.of(new NamePattern("**")), what.exclude(), what.tags(),
                        what
                                .latest(), what.platforms(), what.referrers());
    }

    private TransferPlan plan(ConfigSpec config, TransferOptions options, ImportPlace source,
            Place target) {
        TransferPlan plan = new TransferPlanner(config, jobs.jobs()).plan(options.what(), source,
                target);
        if (plan.tags() == 0 && plan.unread().isEmpty()) {
            throw new CommandException(ExitCode.FAILED, "cannot import " + file
                    + ": it has no such tags" + plan.notes()
                            .stream()
                            .map(note -> "; " + note)
                            .collect(Collectors.joining()));
        }
        return plan;
    }
}
