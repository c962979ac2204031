package dev.chandlery.publisher.command;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.Progress;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.publisher.PublishReport;
import dev.chandlery.publisher.drift.DriftIncident;
import dev.chandlery.publisher.plan.PublishPlan;
import dev.chandlery.publisher.plan.Selection;
import dev.chandlery.publisher.run.PublishRun;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code publisher accept-drift}. */
@Command(name = "accept-drift", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Publish the bytes that upstream put in the place of others, after full verification.",
        "Who did it and why is recorded; what was published before stays, by its digest and under a tag of its own."}, footer = {
                "", "Example:",
                "  publisher accept-drift protoc@31.1 --platform linux-x86_64 --reason \"rebuilt, as upstream says\""})
final class AcceptDriftCommand implements Callable<Integer> {
    private static final int LONGEST_REASON = 1000;

    private final Console console;

    @Parameters(paramLabel = "TOOL@VERSION", description = "As in registry.yaml, and as it is published.")
    private String reference = "";

    @Option(names = "--platform", paramLabel = "P", split = ",", description = "Only these; default: all that changed.")
    private List<String> platforms = List.of();

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why the new bytes are right.")
    private String reason = "";

    @Option(names = "--by", paramLabel = "WHO", description = "Who says so; default: the user that runs this.")
    private @Nullable String by;

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private @Nullable CommandSpec spec;

    AcceptDriftCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        GlobalOptions global = GlobalOptions.of(Objects.requireNonNull(spec));
        String[] parts = reference.split("@", 2);
        if (parts.length != 2 || parts[1].isBlank()) {
            throw new CommandException(ExitCode.USAGE, "expected TOOL@VERSION, got " + reference);
        }
        DriftIncident.Decision decision = decision();
        try (Session session = Session.open(console, global);
                PublishRun run = PublishRun.open(session, false)) {
            ToolSpec tool = Optional.ofNullable(session.config().publishing().tools().get(parts[0]))
                    .orElseThrow(() -> new CommandException(ExitCode.USAGE, "no such tool in "
                            + session.config().file() + ": " + parts[0]));
            Selection selection = new Selection(List.of(tool.name()), OptionalInt.empty(), Optional
                    .of(parts[1]), platforms.stream().map(PlatformName::parse).toList(), false);
            accept(run, tool, run.plan(selection), decision);
            try (Progress progress = Progress.on(console, global.quiet())) {
                return print(run.apply(run.plan(selection), session.config()
                        .publishing()
                        .parallelUploads(), progress));
            }
        }
    }

    private DriftIncident.Decision decision() {
        String text = reason.strip();
        if (text.isEmpty() || text.length() > LONGEST_REASON || text.chars()
                .anyMatch(
                        Character::isISOControl)) {
            throw new CommandException(ExitCode.USAGE,
                    "--reason must be a line of 1 to " + LONGEST_REASON + " characters");
        }
        String who = by != null ? by : System.getProperty("user.name", "unknown");
        return new DriftIncident.Decision(who, text, Instant.now());
    }

    /** The decision is on record before anything is replaced, so that a killed run is finished by the next. */
    private void accept(PublishRun run, ToolSpec tool, PublishPlan plan,
            DriftIncident.Decision decision) {
        if (!plan.failures().isEmpty()) {
            throw new CommandException(ExitCode.FAILED, String.valueOf(plan.failures()
                    .getFirst()
                    .cause()
                    .getMessage()));
        }
        List<DriftIncident> open = plan.drifted();
        boolean accepted = plan.versions()
                .stream()
                .flatMap(version -> version.publications().stream())
                .anyMatch(item -> item.accepted().isPresent());
        if (open.isEmpty() && !accepted) {
            throw new CommandException(ExitCode.FAILED, "nothing to accept: no change of "
                    + reference
                    + " is on record or stated by upstream",
                    "publisher drift check --download compares bytes");
        }
        refuseUnseen(run, tool, plan);
        open.forEach(incident -> run.drifts(tool).put(incident.accepted(decision)));
    }

    /** Who decides saw what is on record; upstream may have changed the file once more since. */
    private void refuseUnseen(PublishRun run, ToolSpec tool, PublishPlan plan) {
        List<DriftIncident> recorded = run.openIncidents(tool);
        for (DriftIncident incident : plan.drifted()) {
            boolean again = recorded.stream()
                    .anyMatch(old -> old.version().equals(incident.version()) && old.platform()
                            .equals(incident.platform()) && !old.change()
                                    .equals(incident
                                            .change()));
            if (again) {
                run.drifts(tool).put(incident);
                throw new CommandException(ExitCode.FAILED, "cannot accept " + incident.change()
                        + ": upstream changed again since the last run told of it",
                        "look at it again, then run this command again");
            }
        }
    }

    private int print(PublishReport report) {
        ReportText.errors(report)
                .forEach(line -> console.note(console.alarming("Error:") + " "
                        + line));
        ReportText.warnings(report).forEach(line -> console.note("Warning: " + line));
        console.out()
                .println(format.json()
                        ? Json.write(ReportJson.document(report))
                        : String.join(
                                "\n", ReportText.lines(report)));
        return report.exitCode().code();
    }
}
