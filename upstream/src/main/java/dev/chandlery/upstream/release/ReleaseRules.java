package dev.chandlery.upstream.release;

import dev.chandlery.config.ReleaseSelection;
import dev.chandlery.config.ToolSpec;
import dev.chandlery.oci.UnsupportedFeatureException;
import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.Version;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** What registry.yaml says of a tool's releases: pattern, prereleases, least age. */
public final class ReleaseRules {
    private static final Comparator<Release> NEWEST_FIRST = Comparator.comparing(Release::version)
            .reversed();

    private final String tool;
    private final ReleaseSelection selection;
    private final InstantSource clock;

    /** @param clock tells how old a release is */
    public ReleaseRules(ToolSpec tool, InstantSource clock) {
        this.tool = tool.name();
        this.selection = tool.releases();
        this.clock = clock;
    }

    /** What upstream's list says of a release. */
    public record Listed(String name, Optional<Instant> published, boolean prerelease,
            Optional<URI> page) {

        /** Of a list that has names only. */
        public static Listed named(String name) {
            return new Listed(name, Optional.empty(), false, Optional.empty());
        }
    }

    /**
     * Those that are wanted, newest version first.
     *
     * @throws UnsupportedFeatureException when a least age is asked for and upstream does not say when
     *     something was released
     */
    public Stream<Release> select(Stream<Listed> listed) {
        return listed.map(this::release)
                .flatMap(Optional::stream)
                .filter(this::isWanted)
                .sorted(
                        NEWEST_FIRST);
    }

    private Optional<Release> release(Listed listed) {
        return selection.pattern()
                .versionOf(listed.name())
                .map(Version::new)
                .map(
                        version -> new Release(listed.name(), version, listed.published(), listed
                                .prerelease() || version.isPrerelease(), listed.page()));
    }

    private boolean isWanted(Release release) {
        return (selection.prereleases() || !release.prerelease()) && isOldEnough(release);
    }

    private boolean isOldEnough(Release release) {
        Duration least = selection.minimumReleaseAge();
        if (least.isZero()) {
            return true;
        }
        Instant published = release.published()
                .orElseThrow(() -> new UnsupportedFeatureException(
                        "cannot apply minimum_release_age to " + tool
                                + ": its upstream does not say when " + release.name()
                                + " was released"));
        return !published.plus(least).isAfter(clock.instant());
    }
}
