package dev.chandlery.publisher.plan;

import dev.chandlery.publisher.bundle.BundleForecast;
import dev.chandlery.publisher.drift.DriftIncident;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * All that a run is going to do.
 *
 * @param versions by tool in the order of their names, newest version first
 * @param waiting releases that are not published yet
 * @param upkeep tags and records that are to change, by tool
 * @param failures tools that could not be planned
 * @param notes what a user should know, such as versions without any platform
 * @param bundles that are built once the versions are published, in the order of their names
 */
public record PublishPlan(List<VersionPlan> versions, List<Waiting> waiting,
        List<ToolUpkeep> upkeep, List<Failure> failures, List<String> notes,
        List<BundleForecast> bundles) {
    /** Nothing to look at. */
    static final PublishPlan EMPTY = new PublishPlan(List.of(), List.of(), List.of(), List.of(),
            List.of(), List.of());

    /**
     * A tool whose releases or published versions could not be read.
     *
     * @param tool its name
     * @param cause why
     */
    public record Failure(String tool, RuntimeException cause) {
        public Failure {
            Objects.requireNonNull(cause);
        }
    }

    public PublishPlan {
        versions = List.copyOf(versions);
        waiting = List.copyOf(waiting);
        upkeep = List.copyOf(upkeep);
        failures = List.copyOf(failures);
        notes = List.copyOf(notes);
        bundles = List.copyOf(bundles);
    }

    /** The same tools, with bundles. */
    PublishPlan with(List<BundleForecast> built, List<String> told) {
        return new PublishPlan(versions, waiting, upkeep, failures, told, built);
    }

    /** Whether the registry is to be changed. */
    public boolean pending() {
        return versions.stream().anyMatch(VersionPlan::pending) || upkeep.stream()
                .anyMatch(
                        ToolUpkeep::pending) || bundles.stream().anyMatch(BundleForecast::pending);
    }

    /** Files of published versions that upstream changed. */
    public List<DriftIncident> drifted() {
        return versions.stream()
                .flatMap(version -> version.platforms().stream())
                .flatMap(platform -> platform instanceof PlatformPlan.Drifted drifted
                        ? Stream.of(drifted.incident())
                        : Stream.empty())
                .toList();
    }
}
