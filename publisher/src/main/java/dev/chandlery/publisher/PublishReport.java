package dev.chandlery.publisher;

import dev.chandlery.cli.ExitCode;
import dev.chandlery.config.BundleSpec;
import dev.chandlery.oci.TransferException;
import dev.chandlery.publisher.bundle.BundleOutcome;
import dev.chandlery.publisher.plan.PublishPlan;
import dev.chandlery.publisher.plan.Waiting;
import dev.chandlery.publisher.tags.UpkeepOutcome;
import java.time.Duration;
import java.util.List;

/**
 * What a run did.
 *
 * @param versions in the order of the plan
 * @param waiting releases that are not published yet
 * @param upkeep tags and records that changed besides, by tool
 * @param failures tools that could not be planned
 * @param notes what a user should know
 * @param bundles that were built after them, or not, in the order of the plan
 * @param backups how the backup registries were brought up to date, in order of preference
 * @param duration of the whole run
 */
public record PublishReport(List<VersionOutcome> versions, List<Waiting> waiting,
        List<UpkeepOutcome> upkeep, List<PublishPlan.Failure> failures, List<String> notes,
        List<BundleOutcome> bundles, List<BackupOutcome> backups, Duration duration) {

    public PublishReport {
        versions = List.copyOf(versions);
        waiting = List.copyOf(waiting);
        upkeep = List.copyOf(upkeep);
        failures = List.copyOf(failures);
        notes = List.copyOf(notes);
        bundles = List.copyOf(bundles);
        backups = List.copyOf(backups);
    }

    /** The same, with the time that planning took in it too. */
    public PublishReport within(Duration whole) {
        return new PublishReport(versions, waiting, upkeep, failures, notes, bundles,
                backups, whole);
    }

    /** The same, with the bundles that were built of it. */
    public PublishReport withBundles(List<BundleOutcome> outcomes) {
        return new PublishReport(versions, waiting, upkeep, failures, notes, outcomes, backups,
                duration);
    }

    /** The same, with how the backup registries were brought up to date. */
    public PublishReport withBackups(List<BackupOutcome> outcomes) {
        return new PublishReport(versions, waiting, upkeep, failures, notes, bundles, outcomes,
                duration);
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

    /** Number of platforms whose files upstream changed since they were published. */
    public int drifted() {
        return count(ItemOutcome.Drifted.class);
    }

    /** Number of bundles that are new in the registry. */
    public int built() {
        return (int) bundles.stream().filter(BundleOutcome::changed).count();
    }

    /** Number of bundles that could not be built. */
    public int failedBundles() {
        return (int) bundles.stream().filter(BundleOutcome.Failed.class::isInstance).count();
    }

    /** Whether the run was to publish that version of a tool and could not publish all of it. */
    public boolean isBroken(BundleSpec.Member tool) {
        return versions.stream()
                .filter(each -> each.tool().equals(tool.tool()) && each.version()
                        .equals(tool
                                .version()))
                .anyMatch(each -> each.failure().isPresent() || !each.all(ItemOutcome.Failed.class)
                        .isEmpty());
    }

    /** Number of platforms, versions, tags, tools and bundles that failed, with those that drifted. */
    public int failed() {
        return count(ItemOutcome.Failed.class) + drifted() + failures.size() + (int) versions
                .stream()
                .filter(
                        v -> v.failure().isPresent())
                .count() + upkeep.stream().mapToInt(u -> u.failures().size()).sum()
                + failedBundles();
    }

    /** Whether nothing could be planned, as no upstream answered at all. */
    public boolean isOffline() {
        return versions.isEmpty() && failures.size() > 1 && failures.stream()
                .allMatch(
                        failure -> failure.cause() instanceof TransferException);
    }

    public ExitCode exitCode() {
        int there = (int) bundles.stream().filter(BundleOutcome.Built.class::isInstance).count();
        return ExitCode.ofItems(published() + upToDate() + there, failed());
    }

    private int count(Class<? extends ItemOutcome> kind) {
        return versions.stream().mapToInt(v -> v.all(kind).size()).sum();
    }
}
