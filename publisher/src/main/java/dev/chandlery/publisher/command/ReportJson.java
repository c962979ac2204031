package dev.chandlery.publisher.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.Json;
import dev.chandlery.publisher.BackupOutcome;
import dev.chandlery.publisher.ItemOutcome;
import dev.chandlery.publisher.PublishReport;
import dev.chandlery.publisher.VersionOutcome;
import java.util.Locale;

/** The report of a run, for programs. */
final class ReportJson {

    private ReportJson() {}

    static ObjectNode document(PublishReport report) {
        ObjectNode root = Json.object().put("status", status(report)).put("dry_run", false);
        ObjectNode summary = root.putObject("summary");
        summary.put("published", report.published());
        summary.put("up_to_date", report.upToDate());
        summary.put("missing_upstream", report.missing());
        summary.put("drifted", report.drifted());
        summary.put("waiting", report.waiting().size());
        summary.put("bundles_built", report.built());
        summary.put("failed", report.failed());
        summary.put("duration_ms", report.duration().toMillis());
        ArrayNode versions = root.putArray("versions");
        report.versions().forEach(version -> versions.add(version(version)));
        root.set("waiting", UpkeepView.waiting(report.waiting()));
        root.set("tags", UpkeepView.moves(report.upkeep()
                .stream()
                .flatMap(upkeep -> upkeep
                        .moves()
                        .stream())
                .toList()));
        root.set("retractions", UpkeepView.retractions(report.upkeep()
                .stream()
                .flatMap(
                        upkeep -> upkeep.retractions().stream())
                .toList()));
        ArrayNode failures = root.putArray("failures");
        report.upkeep()
                .forEach(upkeep -> upkeep.failures()
                        .forEach(failure -> failures.addObject()
                                .put("tool", upkeep.tool())
                                .put("error", failure)));
        report.failures()
                .forEach(failure -> failures.addObject()
                        .put("tool", failure.tool())
                        .put(
                                "error", failure.cause().getMessage()));
        BundleView.failures(failures, report.bundles());
        root.set("bundles", BundleView.doneJson(report.bundles()));
        ArrayNode backups = root.putArray("backups");
        report.backups().forEach(backup -> backups.add(backup(backup)));
        ArrayNode notes = root.putArray("notes");
        report.notes().forEach(notes::add);
        return root;
    }

    static String status(PublishReport report) {
        ExitCode code = report.exitCode();
        if (code == ExitCode.DONE) {
            return report.published() == 0 && report.built() == 0 ? "nothing-to-do" : "done";
        }
        return code.name().toLowerCase(Locale.ROOT);
    }

    static ObjectNode backup(BackupOutcome backup) {
        ObjectNode node = Json.object().put("registry", backup.registry());
        node.put("status", backup.status());
        node.put("tags_copied", backup.copied()).put("tags_up_to_date", backup.upToDate());
        ArrayNode errors = node.putArray("errors");
        backup.errors().forEach(errors::add);
        return node;
    }

    private static ObjectNode version(VersionOutcome version) {
        ObjectNode node = Json.object()
                .put("tool", version.tool())
                .put("version", version
                        .version());
        version.index().ifPresent(digest -> node.put("index", digest.toString()));
        version.failure().ifPresent(failure -> node.put("error", failure.getMessage()));
        ArrayNode items = node.putArray("platforms");
        version.items().forEach(item -> items.add(item(item)));
        return node;
    }

    private static ObjectNode item(ItemOutcome item) {
        ObjectNode node = Json.object().put("platform", item.platform().value());
        return switch (item) {
            case ItemOutcome.Published p -> node.put("result", "published")
                    .put("digest", p.digest()
                            .toString())
                    .put("trust", p.rung().label())
                    .put("size_bytes", p.sizeBytes())
                    .put("duration_ms", p.duration().toMillis());
            case ItemOutcome.UpToDate u -> node.put("result", "up-to-date")
                    .put("digest", u.digest()
                            .toString());
            case ItemOutcome.Drifted d -> UpkeepView.drift(node.put("result", "drift"), d
                    .incident())
                    .put("error", d.incident().message());
            case ItemOutcome.Missing _ -> node.put("result", "missing-upstream");
            case ItemOutcome.Failed f -> node.put("result", "failed")
                    .put("error", f.cause()
                            .getMessage());
        };
    }
}
