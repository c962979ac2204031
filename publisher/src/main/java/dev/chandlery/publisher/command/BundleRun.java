package dev.chandlery.publisher.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.Progress;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.config.BundleSpec;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.publisher.PublishReport;
import dev.chandlery.publisher.Publishing;
import dev.chandlery.publisher.bundle.BundleForecast;
import dev.chandlery.publisher.plan.PublishPlan;
import dev.chandlery.publisher.run.PublishRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What {@code publisher --bundle} does: plans bundles, shows or builds them, and tells how it went. */
final class BundleRun {
    private static final String ALL = "all";

    private final Console console;
    private final Session session;
    private final Options options;

    /**
     * How to run.
     *
     * @param dryRun show the plan alone
     * @param detailed with a dry run: tell by the exit code whether there is something to do
     * @param json one document instead of text
     * @param quiet nothing but results and errors
     */
    record Options(boolean dryRun, boolean detailed, boolean json, boolean quiet) {}

    BundleRun(Console console, Session session, Options options) {
        this.console = console;
        this.session = session;
        this.options = options;
    }

    /**
     * Runs.
     *
     * @param names of registry.yaml, or all
     */
    int run(List<String> names) {
        List<BundleSpec> bundles = bundles(names);
        try (PublishRun run = PublishRun.open(session, options.dryRun())) {
            PublishPlan plan = run.plan(bundles);
            return options.dryRun() ? show(plan.bundles()) : apply(run, plan);
        }
    }

    private List<BundleSpec> bundles(List<String> names) {
        ConfigSpec config = session.config();
        if (config.bundles().isEmpty()) {
            throw new CommandException(ExitCode.USAGE, config.file() + " has no bundles",
                    "declare some: bundles: {go-development: [protoc@31.1]}");
        }
        if (names.contains(ALL)) {
            return List.copyOf(config.bundles().values());
        }
        Set<String> unknown = new TreeSet<>(names);
        unknown.removeAll(config.bundles().keySet());
        if (!unknown.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "no such bundle in " + config.file() + ": "
                    + String.join(", ", unknown), "it has " + String.join(", ", config.bundles()
                            .keySet()));
        }
        return config.bundles().values().stream().filter(b -> names.contains(b.name())).toList();
    }

    private int show(List<BundleForecast> forecasts) {
        BundleView.errors(forecasts).forEach(this::tell);
        long pending = forecasts.stream().filter(BundleForecast::pending).count();
        long failed = forecasts.stream().filter(BundleForecast::failed).count();
        ObjectNode root = Json.object()
                .put("status", pending > 0 ? "changes-pending" : "nothing-to-do")
                .put("dry_run", true);
        root.set("bundles", BundleView.plannedJson(forecasts));
        List<String> lines = new ArrayList<>(BundleView.planned(forecasts));
        lines.add(pending > 0
                ? "Dry run: " + pending + " to build, nothing was written"
                : "Dry run: nothing to build");
        print(root, lines);
        ExitCode code = ExitCode.ofItems(forecasts.size() - (int) failed, (int) failed);
        return code == ExitCode.DONE && options.detailed() && pending > 0
                ? ExitCode.CHANGES_PENDING.code()
                : session.metrics().ended(code);
    }

    private int apply(PublishRun run, PublishPlan plan) {
        PublishReport report;
        try (Progress progress = Progress.on(console, options.quiet())) {
            report = run.apply(Publishing.of(session), plan, 1, progress);
        }
        BundleView.failures(report.bundles()).forEach(this::tell);
        ReportText.warnings(report).forEach(line -> console.note("Warning: " + line));
        ObjectNode root = Json.object()
                .put("status", ReportJson.status(report))
                .put("dry_run", false);
        root.set("bundles", BundleView.doneJson(report.bundles()));
        BundleView.failures(root.putArray("failures"), report.bundles());
        ArrayNode backups = root.putArray("backups");
        report.backups().forEach(backup -> backups.add(ReportJson.backup(backup)));
        List<String> lines = new ArrayList<>(BundleView.done(report.bundles()));
        lines.addAll(ReportText.backups(report));
        print(root, lines);
        return session.metrics().ended(report.exitCode());
    }

    private void tell(String error) {
        console.note(console.alarming("Error:") + " " + error);
    }

    private void print(ObjectNode document, List<String> lines) {
        console.out().println(options.json() ? Json.write(document) : String.join("\n", lines));
    }
}
