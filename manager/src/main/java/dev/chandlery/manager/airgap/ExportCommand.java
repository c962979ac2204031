package dev.chandlery.manager.airgap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.Progress;
import dev.chandlery.cli.registry.RegistryConnection.Access;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.endpoint.RegistriesSpec;
import dev.chandlery.config.source.NamePattern;
import dev.chandlery.config.tool.SelectionSpec;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.manager.migrate.SelectionOptions;
import dev.chandlery.manager.transfer.JobsOption;
import dev.chandlery.manager.transfer.Place;
import dev.chandlery.manager.transfer.Places;
import dev.chandlery.manager.transfer.ReportView;
import dev.chandlery.manager.transfer.Transfer;
import dev.chandlery.manager.transfer.TransferJson;
import dev.chandlery.manager.transfer.TransferOptions;
import dev.chandlery.manager.transfer.TransferReport;
import dev.chandlery.manager.transfer.TransferText;
import dev.chandlery.manager.verify.SignatureCheck;
import dev.chandlery.oci.store.EarlierLayout;
import dev.chandlery.oci.store.Layout;
import dev.chandlery.oci.store.LayoutWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/** {@code manager export}. */
@Command(name = "export", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Write what registry.yaml lays out, or a part of it, into an OCI layout: a folder, or a tar to carry into a closed network.",
        "All tags come, with indexes, images, and what is attached to them, to the byte. skopeo and oras open the layout by repository:tag.",
        "The tar has its name only when it is whole; an interrupted run is resumed by running it again."}, footer = {
                "", "Examples:", "  manager export --to tools.tar",
                "  manager export --to tools.tar --dry-run          what would be in it, and how much",
                "  manager export --to june.tar --since may.tar     without the blobs that may.tar has",
                "  manager export --to layout protoc buf --latest 2 --platform linux-x86_64",
                "  skopeo copy oci-archive:tools.tar:tools/protoc:v31.1 docker://registry.example/protoc:v31.1",
                "", "Exit codes: 0 done, 1 failed, 2 usage or configuration, 130 interrupted."})
public final class ExportCommand implements Callable<Integer> {
    private static final String ARCHIVE = ".tar";

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "TOOL", arity = "0..*", description = "Only these tools of registry.yaml.")
    private List<String> tools = List.of();

    @Option(names = "--to", paramLabel = "FILE.tar|DIR", required = true, converter = LayoutPath.class, description = "A tar, which is replaced; or a folder, which is added to.")
    private Path to = Path.of("");

    @Option(names = "--from", paramLabel = "REGISTRY", defaultValue = RegistriesSpec.PRIMARY, description = "As migrate takes it; default: ${DEFAULT-VALUE}.")
    private String from = RegistriesSpec.PRIMARY;

    @Option(names = "--since", paramLabel = "PREVIOUS", converter = LayoutPath.class, description = "Leave out blobs that this earlier export has, or those that it was made since.")
    private @Nullable Path since;

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Option(names = "--dry-run", description = "Tell what would be written; write nothing.")
    private boolean dryRun;

    @Mixin
    private JobsOption jobs = new JobsOption();

    @Mixin
    private FormatOption format = new FormatOption();

    ExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        GlobalOptions global = GlobalOptions.of(spec);
        boolean archive = isArchive();
        EarlierLayout base = base();
        try (Session session = jobs.open(console, global)) {
            Places places = new Places(session);
            TransferOptions options = new TransferOptions(selected(session.config()), jobs
                    .jobs(), Set.of());
            TransferReport report;
            try (Place source = places.open(places.endpoint(from), Access.READ_ONLY);
                    LayoutWriter writer = writer(archive, base);
                    Progress progress = Progress.on(console, global.quiet())) {
                report = new Transfer(session.config(), options, progress).through(SignatureCheck
                        .gate(session)).run(source, new ExportPlace(writer, to));
                requireSomething(report, source);
                if (report.failed() == 0) {
                    writer.finish();
                }
            }
            return end(report, archive, base, global.quiet());
        }
    }

    private boolean isArchive() {
        String name = String.valueOf(to.getFileName());
        if (name.matches(".*\\.(tar\\.|t)(gz|xz|zst|bz2)")) {
            throw new CommandException(ExitCode.USAGE, "cannot export to " + to
                    + ": layouts are not packed, as what is in them is", "name it " + name
                            .replaceAll("\\.(tar\\.|t)[a-z0-9]+$", ARCHIVE));
        }
        if (to.equals(since)) {
            throw new CommandException(ExitCode.USAGE, "--to and --since are the same: " + to);
        }
        return !Files.isDirectory(to) && (name.endsWith(ARCHIVE) || Files.isRegularFile(to));
    }

    private EarlierLayout base() {
        return since == null ? EarlierLayout.NONE : EarlierLayout.of(Layout.open(since));
    }

    private LayoutWriter writer(boolean archive, EarlierLayout base) {
        if (dryRun) {
            return LayoutWriter.rehearsal(to, base);
        }
        return archive ? LayoutWriter.toArchive(to, base) : LayoutWriter.toFolder(to, base);
    }

    /** The tools' repositories besides those that patterns name. */
    private SelectionSpec selected(ConfigSpec config) {
        SelectionSpec what = selection.selection();
        List<NamePattern> include = new ArrayList<>(what.include());
        for (String name : tools) {
            ToolSpec tool = Optional.ofNullable(config.publishing().tools().get(name))
                    .orElseThrow(() -> new CommandException(ExitCode.USAGE, "no such tool in "
                            + config.file() + ": " + name, "it has " + String.join(", ", config
                                    .publishing()
                                    .tools()
                                    .keySet())));
            include.add(new NamePattern(ToolNames.of(config.repositoryOf(tool), tool).path()));
        }
        return new SelectionSpec(include, what.exclude(), what.tags(), what.latest(), what
                .platforms(), what.referrers());
    }

    private static void requireSomething(TransferReport report, Place source) {
        long tags = report.repositories()
                .stream()
                .mapToLong(each -> each.sums().tags().changed() + each.sums().tags().unchanged()
                        + each.sums().tags().leftOut())
                .sum();
        if (tags == 0 && report.failed() == 0) {
            throw new CommandException(ExitCode.FAILED, "cannot export from " + source.label()
                    + ": it has no such tags" + report.notes()
                            .stream()
                            .map(note -> "; " + note)
                            .collect(Collectors.joining()));
        }
    }

    private int end(TransferReport done, boolean archive, EarlierLayout base, boolean quiet) {
        TransferReport report = new TransferReport(done.from(), done.to(), dryRun, done
                .repositories(), done.verified(), done.notes(), done.duration());
        ReportView view = new ReportView(console, format, quiet);
        view.tell(report);
        ObjectNode document = TransferJson.document(report).put("archive", archive);
        document.put("written", report.failed() == 0 && !dryRun);
        if (base.index() != null) {
            document.put("base", base.index().toString());
        }
        view.print(document, TransferText.lines(report));
        if (report.failed() > 0) {
            console.note(console.strong("Hint:") + " " + to
                    + (dryRun ? " would not be written" : " was not written; what came is kept")
                    + ", run it again when the cause is gone");
            return ExitCode.FAILED.code();
        }
        return ExitCode.DONE.code();
    }
}
