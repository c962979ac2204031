package dev.chandlery.publisher.command;

import dev.chandlery.cli.Sizes;
import dev.chandlery.cli.TextTable;
import dev.chandlery.oci.Digest;
import dev.chandlery.publisher.BackupOutcome;
import dev.chandlery.publisher.ItemOutcome;
import dev.chandlery.publisher.PublishReport;
import dev.chandlery.publisher.VersionOutcome;
import dev.chandlery.publisher.bundle.BundleOutcome;
import dev.chandlery.publisher.plan.PublishPlan;
import java.util.ArrayList;
import java.util.List;

/** The report of a run, for people. */
final class ReportText {
    private static final int SHOWN_DIGITS = 12;

    private ReportText() {}

    /** A table of all items when anything changed or failed, and one line that sums up. */
    static List<String> lines(PublishReport report) {
        List<String> lines = new ArrayList<>();
        if (report.published() > 0 || report.failed() > 0) {
            TextTable table = new TextTable("TOOL", "VERSION", "PLATFORM", "DIGEST", "TRUST",
                    ">SIZE", ">TIME", "RESULT");
            report.versions()
                    .forEach(version -> version.items()
                            .forEach(item -> row(table, version,
                                    item)));
            if (!table.isEmpty()) {
                lines.addAll(table.lines());
            }
        }
        if (report.bundles().stream().anyMatch(bundle -> !isQuiet(bundle))) {
            lines.addAll(BundleView.done(report.bundles()));
        }
        report.waiting().forEach(waiting -> lines.add("Waiting: " + waiting));
        report.upkeep()
                .forEach(upkeep -> upkeep.moves()
                        .forEach(move -> lines.add("Tag: "
                                + move)));
        lines.add(summary(report));
        lines.addAll(backups(report));
        return lines;
    }

    /** What needs no word, as nothing changed. */
    private static boolean isQuiet(BundleOutcome bundle) {
        return bundle instanceof BundleOutcome.Built && !bundle.changed();
    }

    /** How backup registries were brought up to date, a line each. */
    static List<String> backups(PublishReport report) {
        List<String> lines = new ArrayList<>();
        for (BackupOutcome backup : report.backups()) {
            List<String> parts = new ArrayList<>();
            add(parts, backup.copied(), "tags copied");
            add(parts, backup.upToDate(), "up to date");
            add(parts, backup.errors().size(), "FAILED");
            lines.add("Backup " + backup.registry() + ": " + (parts.isEmpty()
                    ? "nothing to copy"
                    : String.join(", ", parts)));
        }
        return lines;
    }

    /** What upstream took back, and what could not be copied to backup registries, a line each. */
    static List<String> warnings(PublishReport report) {
        List<String> lines = new ArrayList<>();
        report.upkeep()
                .forEach(upkeep -> upkeep.retractions()
                        .forEach(retraction -> lines.add(
                                retraction.toString())));
        for (BackupOutcome backup : report.backups()) {
            backup.errors()
                    .forEach(error -> lines.add("backup " + backup.registry() + ": " + error));
            if (!backup.errors().isEmpty()) {
                lines.add("backup " + backup.registry() + " is behind; the next run catches up, or"
                        + " manager mirror");
            }
        }
        return lines;
    }

    /** What went wrong, a line each, with whole digests. */
    static List<String> errors(PublishReport report) {
        List<String> lines = new ArrayList<>();
        if (report.isOffline()) {
            List<String> tools = report.failures().stream().map(PublishPlan.Failure::tool).toList();
            return List.of("no upstream can be reached (" + String.join(", ", tools) + "): "
                    + report.failures().getFirst().cause().getMessage());
        }
        for (PublishPlan.Failure failure : report.failures()) {
            lines.add(failure.tool() + ": " + failure.cause().getMessage());
        }
        for (VersionOutcome version : report.versions()) {
            String name = version.tool() + " " + version.version();
            version.all(ItemOutcome.Failed.class)
                    .forEach(failed -> lines.add(name + " " + failed
                            .platform() + ": " + failed.cause().getMessage()));
            version.all(ItemOutcome.Drifted.class)
                    .forEach(drifted -> lines.add(name + " " + drifted.platform() + ": " + drifted
                            .incident()
                            .message()));
            version.failure().ifPresent(failure -> lines.add(name + ": " + failure.getMessage()));
        }
        report.upkeep()
                .forEach(upkeep -> upkeep.failures()
                        .forEach(failure -> lines.add(upkeep
                                .tool() + ": " + failure)));
        lines.addAll(BundleView.failures(report.bundles()));
        return lines;
    }

    static String shortened(Digest digest) {
        return digest.algorithm().label() + ":" + digest.encoded().substring(0, SHOWN_DIGITS);
    }

    private static void row(TextTable table, VersionOutcome version, ItemOutcome item) {
        String tool = version.tool();
        String number = version.version();
        String platform = item.platform().value();
        switch (item) {
            case ItemOutcome.Published p -> table.row(tool, number, platform, shortened(p.digest()),
                    p.rung().label(), Sizes.bytes(p.sizeBytes()), Sizes.duration(p.duration()),
                    "published");
            case ItemOutcome.UpToDate u -> table.row(tool, number, platform, shortened(u.digest()),
                    "", "", "", "up to date");
            case ItemOutcome.Drifted d -> table.row(tool, number, platform, shortened(d.incident()
                    .manifest()
                    .digest()), "", "", "", "CHANGED UPSTREAM");
            case ItemOutcome.Missing _ -> table.row(tool, number, platform, "", "", "", "",
                    "not offered upstream");
            case ItemOutcome.Failed _ -> table.row(tool, number, platform, "", "", "", "",
                    "FAILED");
        }
    }

    private static String summary(PublishReport report) {
        List<String> parts = new ArrayList<>();
        add(parts, report.published(), "published");
        add(parts, report.upToDate(), "up to date");
        add(parts, report.missing(), "not offered upstream");
        add(parts, report.drifted(), "changed upstream");
        add(parts, report.failed() - report.drifted() - report.failedBundles(), "failed");
        add(parts, report.waiting().size(), "waiting");
        bundles(parts, report);
        String counts = parts.isEmpty() ? "" : ": " + String.join(", ", parts);
        String head = report.published() == 0 && report.failed() == 0 && report.built() == 0
                ? "Nothing to publish"
                : "Done";
        return head + counts + " (" + Sizes.duration(report.duration()) + ")";
    }

    private static void bundles(List<String> parts, PublishReport report) {
        List<BundleOutcome> all = report.bundles();
        count(parts, report.built(), "built");
        count(parts, all.stream().filter(ReportText::isQuiet).count(), "up to date");
        count(parts, all.stream().filter(BundleOutcome.Waiting.class::isInstance).count(),
                "waiting");
        count(parts, report.failedBundles(), "failed");
    }

    private static void count(List<String> parts, long count, String what) {
        add(parts, count, (count == 1 ? "bundle " : "bundles ") + what);
    }

    static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }
}
