package dev.chandlery.manager.transfer;

import dev.chandlery.cli.Sizes;
import dev.chandlery.cli.TextTable;
import dev.chandlery.oci.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** The report of a run, for people. */
public final class TransferText {
    private static final int MOST_ERRORS = 50;
    private static final int MOST_TAGS = 10;

    private TransferText() {}

    /** A table of the repositories where something was done, and lines that sum up. */
    public static List<String> lines(TransferReport report) {
        List<String> lines = new ArrayList<>();
        TextTable table = new TextTable("REPOSITORY", ">TAGS", report.dryRun()
                ? ">TO COPY"
                : ">COPIED", ">SENT", ">MOUNTED", ">PRUNED", ">TIME", "RESULT");
        report.repositories().forEach(each -> row(table, each, report.dryRun()));
        if (!table.isEmpty()) {
            lines.addAll(table.lines());
        }
        lines.add(summary(report));
        report.verified()
                .ifPresent(verified -> lines.add("Read back: " + verified.manifests()
                        + " manifests and " + verified.blobs() + " blobs, " + Sizes.bytes(verified
                                .bytes())));
        return lines;
    }

    /** What went wrong, a line each, and how much more of it there is. */
    public static List<String> errors(TransferReport report) {
        List<String> lines = new ArrayList<>();
        for (RepositoryReport each : report.repositories()) {
            each.failures()
                    .forEach(failure -> lines.add(each.path() + " " + failure.what() + ": "
                            + failure.message()));
        }
        if (lines.size() <= MOST_ERRORS) {
            return lines;
        }
        List<String> first = new ArrayList<>(lines.subList(0, MOST_ERRORS));
        first.add(lines.size() - MOST_ERRORS + " more failures, all of them with -o json");
        return first;
    }

    /** What a user should know, a line each. */
    public static List<String> notes(TransferReport report) {
        List<String> lines = new ArrayList<>(report.notes());
        for (RepositoryReport each : report.repositories()) {
            if (report.dryRun() && !each.replaced().isEmpty()) {
                lines.add(each.path() + ": " + replaced(each.replaced()));
            }
            each.notes().forEach(note -> lines.add(each.path() + ": " + note));
        }
        return lines;
    }

    private static String replaced(SortedSet<Tag> tags) {
        String first = tags.stream()
                .limit(MOST_TAGS)
                .map(Tag::value)
                .collect(Collectors.joining(", "));
        return "tags that name something else at the target, and would be replaced: " + first
                + (tags.size() > MOST_TAGS ? " and " + (tags.size() - MOST_TAGS) + " more" : "");
    }

    /** What a user could do about what failed, a line each. */
    public static List<String> hints(TransferReport report) {
        return report.failedForReferrers()
                ? List.of("what failed is only attached to tags (signatures, SBOMs, evidence):"
                        + " --no-referrers, or referrers: false of a mirror, copies without it")
                : List.of();
    }

    private static void row(TextTable table, RepositoryReport report, boolean dryRun) {
        RepositoryReport.Sums sums = report.sums();
        if (sums.tags().changed() == 0 && report.pruned().isEmpty() && report.failures()
                .isEmpty()) {
            return;
        }
        String done = dryRun ? "to do" : "done";
        table.row(report.path(), Long.toString(sums.tags().all()), Long.toString(sums.tags()
                .changed()), Sizes.bytes(sums.sent().bytes()), Sizes.bytes(sums.mounted().bytes()),
                Integer.toString(report.pruned().size()), Sizes.duration(sums.duration()), report
                        .failures()
                        .isEmpty() ? done : "FAILED");
    }

    private static String summary(TransferReport report) {
        RepositoryReport.Sums total = report.total();
        List<String> parts = new ArrayList<>();
        add(parts, total.tags().changed(), report.dryRun() ? "to copy" : "copied");
        add(parts, report.replaced(), report.dryRun()
                ? "of them to replace others"
                : "of them in place of others");
        add(parts, total.tags().unchanged(), "up to date");
        add(parts, total.tags().leftOut(), "without these platforms");
        add(parts, report.pruned(), report.dryRun() ? "to remove" : "removed");
        add(parts, report.failed(), "failed");
        String counts = parts.isEmpty() ? "no tags" : "tags " + String.join(", ", parts);
        return head(report) + " from " + report.from() + " to " + report.to() + ": " + counts + "; "
                + Sizes
                        .bytes(total.sent().bytes()) + (report.dryRun() ? " to send, " : " sent, ")
                + Sizes
                        .bytes(total.mounted().bytes()) + (report.dryRun()
                                ? " to mount, "
                                : " mounted, ") + Sizes.bytes(total.present().bytes())
                + " there already (" + Sizes.duration(report.duration()) + ")";
    }

    private static String head(TransferReport report) {
        if (report.total().tags().changed() > 0) {
            return report.dryRun() ? "Would copy" : "Copied";
        }
        return report.failed() > 0 && !report.dryRun() ? "Nothing was copied" : "Nothing to copy";
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }
}
