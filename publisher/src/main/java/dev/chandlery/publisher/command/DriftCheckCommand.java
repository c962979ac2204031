package dev.chandlery.publisher.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.TextTable;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.cli.state.WorkFolder;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.publisher.drift.DriftCheck;
import dev.chandlery.publisher.drift.DriftFinding;
import dev.chandlery.publisher.drift.DriftFinding.Changed;
import dev.chandlery.publisher.drift.DriftFinding.Same;
import dev.chandlery.publisher.drift.DriftFinding.Unknown;
import dev.chandlery.publisher.drift.SeenFiles;
import dev.chandlery.publisher.run.PublishRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code publisher drift check}. */
@Command(name = "check", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Compare what upstream offers today with what was published, by digests and sizes that upstream states.",
        "Changes are recorded in the registry."}, footer = {"", "Examples:",
                "  publisher drift check --tool protoc",
                "  publisher drift check --newest 3 --download   bytes, where no digest is stated",
                "", "Exit codes: 0 nothing changed, 3 something did, 1 nothing could be checked."})
final class DriftCheckCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ToolsOption tools = new ToolsOption();

    @Option(names = "--newest", paramLabel = "N", description = "Only so many versions of each tool; default: all that are published.")
    private int newest = Integer.MAX_VALUE;

    @Option(names = "--download", description = "Fetch and hash files that upstream states no digest of, unless their entity tags are those of the last time.")
    private boolean download;

    @Option(names = "--dry-run", description = "Record nothing.")
    private boolean dryRun;

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private @Nullable CommandSpec spec;

    DriftCheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (newest < 1) {
            throw new CommandException(ExitCode.USAGE, "--newest must be 1 or more, got " + newest);
        }
        GlobalOptions global = GlobalOptions.of(Objects.requireNonNull(spec));
        try (Session session = Session.open(console, global);
                PublishRun run = PublishRun.open(session, dryRun)) {
            List<DriftFinding> findings = new ArrayList<>();
            int failed = 0;
            for (ToolSpec tool : tools.tools(session.config())) {
                try {
                    findings.addAll(check(session.config(), run, tool));
                } catch (OperationCancelledException e) {
                    throw e;
                } catch (OciException e) {
                    failed++;
                    console.note(console.alarming("Error:") + " " + tool.name() + ": " + e
                            .getMessage());
                }
            }
            print(findings);
            long changed = findings.stream().filter(f -> f.result() instanceof Changed).count();
            boolean nothing = findings.isEmpty() && failed > 0;
            return (nothing
                    ? ExitCode.FAILED
                    : changed + failed > 0
                            ? ExitCode.PARTLY
                            : ExitCode.DONE).code();
        }
    }

    private List<DriftFinding> check(ConfigSpec config, PublishRun run, ToolSpec tool) {
        if (!download) {
            return run.driftCheck(tool).check(newest, Optional.empty(), !dryRun);
        }
        Path cache = config.cache().localCacheDir();
        try (WorkFolder work = WorkFolder.open(cache.resolve("work"))) {
            return run.driftCheck(tool)
                    .check(newest, Optional.of(new DriftCheck.Downloads(work, new SeenFiles(cache
                            .resolve("drift")))), !dryRun);
        }
    }

    private void print(List<DriftFinding> findings) {
        findings.forEach(finding -> {
            if (finding.result() instanceof Changed(var incident)) {
                console.note(console.alarming("Error:") + " " + incident.tool() + " " + incident
                        .version() + " " + incident.platform() + ": " + incident.message());
            }
        });
        if (format.json()) {
            ObjectNode root = Json.object();
            ArrayNode list = root.putArray("findings");
            findings.forEach(finding -> list.add(json(finding)));
            console.out().println(Json.write(root));
            return;
        }
        TextTable table = new TextTable("TOOL", "VERSION", "PLATFORM", "RESULT");
        findings.forEach(finding -> table.row(finding.tool(), finding.version(), finding.platform()
                .value(), text(finding.result())));
        if (!table.isEmpty()) {
            table.lines().forEach(console.out()::println);
        }
        console.out().println(summary(findings));
    }

    private static String text(DriftFinding.Result result) {
        return switch (result) {
            case Same(boolean proven) -> proven ? "same" : "same size";
            case Changed(var incident) -> "CHANGED UPSTREAM: " + incident.change();
            case Unknown(String reason) -> "unknown: " + reason;
        };
    }

    private static String summary(List<DriftFinding> findings) {
        List<String> parts = new ArrayList<>();
        ReportText.add(parts, findings.stream().filter(f -> f.result() instanceof Same).count(),
                "as they were");
        ReportText.add(parts, findings.stream().filter(f -> f.result() instanceof Changed).count(),
                "CHANGED UPSTREAM");
        ReportText.add(parts, findings.stream().filter(f -> f.result() instanceof Unknown).count(),
                "unknown");
        return "Checked " + findings.size() + (parts.isEmpty()
                ? ""
                : ": " + String.join(", ",
                        parts));
    }

    private static ObjectNode json(DriftFinding finding) {
        ObjectNode node = Json.object()
                .put("tool", finding.tool())
                .put("version", finding.version())
                .put("platform", finding.platform().value());
        switch (finding.result()) {
            case Same(boolean proven) -> node.put("result", "same").put("proven", proven);
            case Changed(var incident) -> UpkeepView.drift(node.put("result", "drift"), incident);
            case Unknown(String reason) -> node.put("result", "unknown").put("reason", reason);
        }
        return node;
    }
}
