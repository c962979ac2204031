package dev.chandlery.manager.mirror;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.Progress;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.manager.transfer.JobsOption;
import dev.chandlery.manager.transfer.PruneOptions;
import dev.chandlery.manager.transfer.TransferJson;
import dev.chandlery.manager.transfer.TransferOptions.Step;
import dev.chandlery.manager.transfer.TransferReport;
import dev.chandlery.manager.transfer.TransferText;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code manager mirror}. */
@Command(name = "mirror", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Bring every backup registry and every mirror of registry.yaml up to date, one after the other.",
        "That one fails does not keep the others from it. Nothing is removed, unless --prune is given."}, footer = {
                "", "Examples:", "  manager mirror                  all of them",
                "  manager mirror --dry-run        what is missing where",
                "  manager mirror ghcr.io closed   a backup registry by its host, a mirror by its name",
                "",
                "Exit codes: 0 done, 1 failed, 2 usage or configuration, 3 partly done, 130 interrupted."})
public final class MirrorCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", description = "Of mirrors, or hosts of backup registries; default: all.")
    private List<String> names = List.of();

    @Option(names = "--dry-run", description = "Tell what would be copied; write nothing.")
    private boolean dryRun;

    @Mixin
    private PruneOptions prune = new PruneOptions();

    @Mixin
    private JobsOption jobs = new JobsOption();

    @Mixin
    private FormatOption format = new FormatOption();

    MirrorCommand(Console console) {
        this.console = console;
    }

    /** How one of them ended. */
    private sealed interface Ended {
        Mirrors.Mirror mirror();

        record Done(Mirrors.Mirror mirror, TransferReport report) implements Ended {}

        record Failed(Mirrors.Mirror mirror, RuntimeException cause) implements Ended {}
    }

    @Override
    public Integer call() {
        GlobalOptions global = GlobalOptions.of(spec);
        Set<Step> steps = prune.steps();
        if (dryRun) {
            steps.add(Step.DRY_RUN);
        }
        List<Ended> all = new ArrayList<>();
        try (Session session = jobs.open(console, global)) {
            MirrorRun run = new MirrorRun(session, jobs.jobs(), steps);
            for (Mirrors.Mirror mirror : Mirrors.named(session.config(), names)) {
                all.add(bring(run, mirror, global.quiet()));
            }
        }
        if (format.json()) {
            ArrayNode list = Json.array();
            all.forEach(ended -> list.add(json(ended)));
            console.out().println(Json.write(Json.object().set("mirrors", list)));
        } else {
            all.forEach(this::print);
        }
        return exitCode(all).code();
    }

    private Ended bring(MirrorRun run, Mirrors.Mirror mirror, boolean quiet) {
        try (Progress progress = Progress.on(console, quiet)) {
            TransferReport report = run.bring(mirror, progress);
            TransferText.errors(report).forEach(line -> error(mirror, line));
            TransferText.hints(report)
                    .forEach(line -> console.note(console.strong("Hint:") + " " + mirror.name()
                            + ": " + line));
            if (!quiet) {
                TransferText.notes(report)
                        .forEach(line -> console.note("Note: " + mirror.name() + ": " + line));
            }
            return new Ended.Done(mirror, report);
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException | CommandException e) {
            error(mirror, String.valueOf(e.getMessage()));
            return new Ended.Failed(mirror, e);
        }
    }

    private void error(Mirrors.Mirror mirror, String message) {
        console.note(console.alarming("Error:") + " " + mirror.name() + ": " + message);
    }

    private void print(Ended ended) {
        console.out().println(console.strong(ended.mirror().name()));
        switch (ended) {
            case Ended.Done(_, TransferReport report) -> TransferText.lines(report)
                    .forEach(line -> console.out().println("  " + line));
            case Ended.Failed(_, RuntimeException cause) -> console.out()
                    .println("  FAILED: " + cause.getMessage());
        }
    }

    private static ObjectNode json(Ended ended) {
        ObjectNode node = Json.object().put("name", ended.mirror().name());
        switch (ended) {
            case Ended.Done(_, TransferReport report) -> node.setAll(TransferJson.document(report));
            case Ended.Failed(Mirrors.Mirror mirror, RuntimeException cause) -> node.put("status",
                    "failed")
                    .put("from", mirror.source().label())
                    .put("to", mirror.target().label())
                    .put("error", String.valueOf(cause.getMessage()));
        }
        return node;
    }

    /** Done, when all of them are; failed, when nothing at all was. */
    private static ExitCode exitCode(List<Ended> all) {
        List<ExitCode> codes = all.stream().map(MirrorCommand::exitCode).distinct().toList();
        return codes.size() == 1 ? codes.getFirst() : ExitCode.PARTLY;
    }

    private static ExitCode exitCode(Ended ended) {
        return switch (ended) {
            case Ended.Done(_, TransferReport report) -> report.exitCode();
            case Ended.Failed _ -> ExitCode.FAILED;
        };
    }
}
