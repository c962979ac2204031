package dev.chandlery.config.tool;

import dev.chandlery.config.proof.Rung;
import dev.chandlery.config.proof.TrustSpec;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.source.SourceSpec;
import dev.chandlery.config.source.ToolPlatform;
import java.util.List;
import java.util.Optional;

/**
 * A tool that is published.
 *
 * @param name key in {@code tool_sources}; the last component of the repository's name
 * @param repository group it belongs to, and a folder in it where there is a slash
 * @param source where releases come from
 * @param releases which releases are wanted
 * @param platforms at least one, none twice
 * @param content what goes into the artifact
 * @param trust what its files must be proven by
 * @param description what people read about it
 */
public record ToolSpec(String name, String repository, SourceSpec source, ReleaseSelection releases,
        List<ToolPlatform> platforms, ContentSpec content, TrustSpec trust,
        Description description) {

    public ToolSpec {
        platforms = List.copyOf(platforms);
        long different = platforms.stream().map(ToolPlatform::name).distinct().count();
        if (platforms.isEmpty() || different != platforms.size()) {
            throw new IllegalArgumentException("no platform, or one twice, for tool " + name);
        }
    }

    /** The group in {@code repositories} that it belongs to. */
    public String group() {
        return group(repository);
    }

    /** The group that {@code repository} names: what is behind a slash is a folder in it. */
    static String group(String repository) {
        int slash = repository.indexOf('/');
        return slash < 0 ? repository : repository.substring(0, slash);
    }

    /** Lowest rung accepted; empty leaves it to the repository and {@code security}. */
    public Optional<Rung> minimumTrust() {
        return trust.minimum();
    }

    /** Whether a run over all tools includes this one. */
    public boolean autoPublish() {
        return releases.autoPublish();
    }

    /** The wanted platform of this name, or empty. */
    public Optional<ToolPlatform> findPlatform(PlatformName platformName) {
        return platforms.stream().filter(p -> p.name().equals(platformName)).findFirst();
    }
}
