package dev.chandlery.publisher;

import dev.chandlery.cli.ExitCode;
import dev.chandlery.oci.TransferException;
import dev.chandlery.publisher.plan.PublishPlan;
import java.time.Duration;
import java.util.List;

/**
 * What a run did.
 *
 * @param versions in the order of the plan
 * @param failures tools that could not be planned
 * @param notes what a user should know
 * @param backups how the backup registries were brought up to date, in order of preference
 * @param duration of the whole run
 */
public record PublishReport(List<VersionOutcome> versions, List<PublishPlan.Failure> failures,
        List<String> notes, List<BackupOutcome> backups, Duration duration) {

    public PublishReport {
        versions = List.copyOf(versions);
        failures = List.copyOf(failures);
        notes = List.copyOf(notes);
        backups = List.copyOf(backups);
    }

    /** The same, with the time that planning took in it too. */
    public PublishReport within(Duration whole) {
        return new PublishReport(versions, failures, notes, backups, whole);
    }

    /** The same, with how the backup registries were brought up to date. */
    public PublishReport with(List<BackupOutcome> outcomes) {
        return new PublishReport(versions, failures, notes, outcomes, duration);
    }

    /** Number of platforms that are new in the registry. */
    public int published() {
        return count(ItemOutcome.Published.class);
    }

    /** Number of platforms that were there before. */
    public int upToDate() {
        return count(ItemOutcome.UpToDate.class);
    }

    /** Number of platforms that upstream does not offer. */
    public int missing() {
        return count(ItemOutcome.Missing.class);
    }

    /** Number of platforms, versions and tools that failed. */
    public int failed() {
        return count(ItemOutcome.Failed.class) + failures.size() + (int) versions.stream()
                .filter(
                        v -> v.failure().isPresent())
                .count();
    }

    /** Whether nothing could be planned, as no upstream answered at all. */
    public boolean isOffline() {
        return versions.isEmpty() && failures.size() > 1 && failures.stream()
                .allMatch(
                        failure -> failure.cause() instanceof TransferException);
    }

    public ExitCode exitCode() {
        return ExitCode.ofItems(published() + upToDate(), failed());
    }

    private int count(Class<? extends ItemOutcome> kind) {
        return versions.stream().mapToInt(v -> v.all(kind).size()).sum();
    }
}
