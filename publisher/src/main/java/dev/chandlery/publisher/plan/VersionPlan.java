package dev.chandlery.publisher.plan;

import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.upstream.Release;
import java.util.List;
import java.util.Objects;

/**
 * What is to happen with one version of one tool.
 *
 * @param tool from registry.yaml
 * @param release upstream's
 * @param platforms all that are wanted, in the order of registry.yaml
 * @param tagged whether the registry's tags show already all that is published
 */
public record VersionPlan(ToolSpec tool, Release release, List<PlatformPlan> platforms,
        boolean tagged) {

    public VersionPlan {
        Objects.requireNonNull(tool);
        Objects.requireNonNull(release);
        platforms = List.copyOf(platforms);
    }

    /** The version's number, such as {@code 31.1}. */
    public String version() {
        return release.version().toString();
    }

    public List<PlatformPlan.Publish> publications() {
        return platforms.stream()
                .filter(PlatformPlan.Publish.class::isInstance)
                .map(
                        PlatformPlan.Publish.class::cast)
                .toList();
    }

    private static boolean needsRecord(PlatformPlan platform) {
        return switch (platform) {
            case PlatformPlan.Drifted drifted -> !drifted.recorded();
            case PlatformPlan.Keep keep -> keep.reverted().isPresent();
            case PlatformPlan.Publish _,PlatformPlan.Missing _ -> false;
        };
    }

    /** Whether the registry is to be changed. */
    public boolean pending() {
        return !publications().isEmpty() || !tagged || platforms.stream()
                .anyMatch(VersionPlan::needsRecord);
    }
}
