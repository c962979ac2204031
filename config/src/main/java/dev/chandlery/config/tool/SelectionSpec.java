package dev.chandlery.config.tool;

import dev.chandlery.config.source.NamePattern;
import dev.chandlery.config.source.PlatformName;
import java.util.List;
import java.util.Optional;

/**
 * What of a registry is copied. Names of repositories are those below the registry's namespace.
 *
 * @param include repositories; empty for those that registry.yaml lays out
 * @param exclude repositories that are left out all the same
 * @param tags that are copied; empty for all
 * @param latest number of the newest versions that are copied; empty for all
 * @param platforms that are copied; empty for all
 * @param referrers whether what is attached to manifests (signatures, SBOMs, evidence) comes too
 */
public record SelectionSpec(List<NamePattern> include, List<NamePattern> exclude,
        List<NamePattern> tags, Optional<Integer> latest, List<PlatformName> platforms,
        boolean referrers) {

    /** All of what registry.yaml lays out. */
    public static final SelectionSpec ALL = new SelectionSpec(List.of(), List.of(), List.of(),
            Optional.empty(), List.of(), true);

    public SelectionSpec {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        tags = List.copyOf(tags);
        platforms = List.copyOf(platforms);
        if (latest.isPresent() && latest.get() < 1) {
            throw new IllegalArgumentException("expected 1 or more of the latest versions");
        }
    }
}
