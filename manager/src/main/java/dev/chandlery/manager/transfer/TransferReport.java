package dev.chandlery.manager.transfer;

import dev.chandlery.cli.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a run went.
 *
 * @param from label of the source
 * @param to label of the target
 * @param dryRun whether it only tells what would be done
 * @param repositories sorted by path
 * @param verified what was read back; empty when it was not asked for
 * @param notes what a user should know besides
 * @param duration of the whole run
 */
public record TransferReport(String from, String to, boolean dryRun,
        List<RepositoryReport> repositories, Optional<Verified> verified, List<String> notes,
        Duration duration) {

    public TransferReport {
        repositories = List.copyOf(repositories);
        notes = List.copyOf(notes);
    }

    /**
     * What was read back from the target and matched its digest.
     *
     * @param manifests how many
     * @param blobs how many, whose bytes were read
     * @param bytes of those blobs
     */
    public record Verified(long manifests, long blobs, long bytes) {}

    /** Sums over all repositories, with the duration of the run. */
    public RepositoryReport.Sums total() {
        RepositoryReport.Sums start = new RepositoryReport.Sums(RepositoryReport.Blobs.NONE,
                RepositoryReport.Blobs.NONE, RepositoryReport.Blobs.NONE, 0,
                RepositoryReport.Tags.NONE, duration);
        return repositories.stream()
                .map(RepositoryReport::sums)
                .reduce(start, RepositoryReport.Sums::plus);
    }

    /** Number of failures in all repositories. */
    public int failed() {
        return repositories.stream().mapToInt(each -> each.failures().size()).sum();
    }

    /** Number of tags that named something else at the target before, or still do. */
    public int replaced() {
        return repositories.stream().mapToInt(each -> each.replaced().size()).sum();
    }

    /** Number of tags that were removed, or would be. */
    public int pruned() {
        return repositories.stream().mapToInt(each -> each.pruned().size()).sum();
    }

    /** Whether anything was changed at the target, or would be. */
    public boolean changes() {
        return total().tags().changed() > 0 || pruned() > 0;
    }

    /** Whether something failed that was only attached to what was to be copied. */
    public boolean failedForReferrers() {
        return repositories.stream()
                .flatMap(each -> each.failures().stream())
                .anyMatch(RepositoryReport.Failure::ofReferrers);
    }

    public ExitCode exitCode() {
        return ExitCode.ofItems((int) Math.min(total().tags().all() + pruned(), Integer.MAX_VALUE),
                failed());
    }
}
