package dev.chandlery.manager.transfer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.Json;
import java.util.Locale;

/** The report of a run, for programs. */
public final class TransferJson {

    private TransferJson() {}

    /** One document. */
    public static ObjectNode document(TransferReport report) {
        ObjectNode root = Json.object().put("status", status(report));
        root.put("dry_run", report.dryRun()).put("from", report.from()).put("to", report.to());
        ObjectNode summary = root.putObject("summary");
        add(summary, report.total());
        summary.put("tags_replaced", report.replaced());
        summary.put("tags_pruned", report.pruned()).put("failed", report.failed());
        report.verified()
                .ifPresent(verified -> root.putObject("verified")
                        .put("manifests", verified.manifests())
                        .put("blobs", verified.blobs())
                        .put("bytes", verified.bytes()));
        ArrayNode notes = root.putArray("notes");
        report.notes().forEach(notes::add);
        ArrayNode repositories = root.putArray("repositories");
        report.repositories().forEach(each -> repositories.add(repository(each)));
        return root;
    }

    private static String status(TransferReport report) {
        ExitCode code = report.exitCode();
        if (code == ExitCode.DONE) {
            return report.changes() ? "done" : "nothing-to-do";
        }
        return code.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode repository(RepositoryReport report) {
        ObjectNode node = Json.object().put("repository", report.path());
        add(node, report.sums());
        ArrayNode replaced = node.putArray("replaced");
        report.replaced().forEach(tag -> replaced.add(tag.value()));
        ArrayNode pruned = node.putArray("pruned");
        report.pruned().forEach(tag -> pruned.add(tag.value()));
        ArrayNode notes = node.putArray("notes");
        report.notes().forEach(notes::add);
        ArrayNode failures = node.putArray("failures");
        report.failures()
                .forEach(failure -> failures.addObject()
                        .put("what", failure.what())
                        .put("error", failure.message()));
        return node;
    }

    private static void add(ObjectNode node, RepositoryReport.Sums sums) {
        node.put("bytes_sent", sums.sent().bytes()).put("blobs_sent", sums.sent().blobs());
        node.put("bytes_mounted", sums.mounted().bytes());
        node.put("blobs_mounted", sums.mounted().blobs());
        node.put("bytes_present", sums.present().bytes());
        node.put("blobs_present", sums.present().blobs());
        node.put("manifests_sent", sums.manifests());
        node.put("tags_changed", sums.tags().changed());
        node.put("tags_unchanged", sums.tags().unchanged());
        node.put("tags_left_out", sums.tags().leftOut());
        node.put("duration_ms", sums.duration().toMillis());
    }
}
