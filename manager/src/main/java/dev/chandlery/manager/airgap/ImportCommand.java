package dev.chandlery.manager.airgap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.Progress;
import dev.chandlery.cli.registry.RegistryConnection.Access;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.NamePattern;
import dev.chandlery.config.RegistriesSpec;
import dev.chandlery.config.SelectionSpec;
import dev.chandlery.manager.migrate.SelectionOptions;
import dev.chandlery.manager.transfer.Place;
import dev.chandlery.manager.transfer.Places;
import dev.chandlery.manager.transfer.Transfer;
import dev.chandlery.manager.transfer.TransferJson;
import dev.chandlery.manager.transfer.TransferOptions;
import dev.chandlery.manager.transfer.TransferOptions.Step;
import dev.chandlery.manager.transfer.TransferPlan;
import dev.chandlery.manager.transfer.TransferPlanner;
import dev.chandlery.manager.transfer.TransferReport;
import dev.chandlery.manager.transfer.TransferText;
import dev.chandlery.oci.store.Layout;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
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
    private static final int JOBS = 32;

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE.tar|DIR", description = "The layout.")
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
    private FormatOption format = new FormatOption();

    ImportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        GlobalOptions global = GlobalOptions.of(spec);
        ImportNames names = ImportNames.parse(repository);
        TransferOptions options = new TransferOptions(selected(), JOBS, dryRun
                ? Set.of(Step.DRY_RUN)
                : Set.of());
        try (Session session = Session.open(console, global, transport -> transport
                .withIdleConnections(Math.max(2 * JOBS, transport.idleConnections())));
                ImportPlace source = names.open(Layout.open(file), file)) {
            Places places = new Places(session);
            TransferReport report;
            try (Place target = places.open(places.endpoint(to), dryRun
                    ? Access.READ_ONLY
                    : Access.READ_WRITE);
                    Progress progress = Progress.on(console, global.quiet())) {
                check(session.config(), options, source, target, progress);
                report = new Transfer(session.config(), options, progress).run(source, target);
            }
            return end(report, global.quiet());
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

    private void check(ConfigSpec config, TransferOptions options, ImportPlace source, Place target,
            Progress progress) {
        TransferPlan plan = new TransferPlanner(config, JOBS).plan(options.what(), source, target);
        if (plan.tags() == 0 && plan.unread().isEmpty()) {
            throw new CommandException(ExitCode.FAILED, "cannot import " + file
                    + ": it has no such tags");
        }
        try (Progress.Item item = progress.start("check " + file)) {
            new ImportCheck(source, options.what(), item).run(plan);
        }
    }

    private int end(TransferReport report, boolean quiet) {
        TransferText.errors(report)
                .forEach(line -> console.note(console.alarming("Error:") + " " + line));
        if (!quiet) {
            TransferText.notes(report).forEach(line -> console.note("Note: " + line));
        }
        if (format.json()) {
            ObjectNode document = TransferJson.document(report);
            console.out().println(Json.write(document));
        } else {
            TransferText.lines(report).forEach(console.out()::println);
        }
        return report.exitCode().code();
    }
}
