package dev.chandlery.upstream.release;

import dev.chandlery.config.tool.ReleaseSelection;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.config.tool.VersionScheme;
import dev.chandlery.oci.UnsupportedFeatureException;
import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.Version;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What registry.yaml says of a tool's releases: pattern, scheme, prereleases, least age. Neither the order of
 * upstream's list nor what it calls the latest is looked at.
 */
public final class ReleaseRules {
    /** Names that upstreams move from release to release. */
    private static final Set<String> MOVING = Set.of("latest", "stable", "canary", "nightly",
            "edge", "tip", "head", "main", "master", "dev", "devel", "develop", "development",
            "snapshot", "unstable", "rolling", "current", "continuous", "beta", "alpha", "preview",
            "next", "trunk");

    private final String tool;
    private final ReleaseSelection selection;
    private final Duration leastAge;
    private final InstantSource clock;

    /**
     * @param leastAge of a release before it may be published
     * @param clock tells how old a release is
     */
    public ReleaseRules(ToolSpec tool, Duration leastAge, InstantSource clock) {
        this.tool = tool.name();
        this.selection = tool.releases();
        this.leastAge = leastAge;
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

    /** Whether upstream must say when something was released. */
    public boolean needTimes() {
        return !leastAge.isZero() || selection.scheme()
                .filter(VersionScheme.OPAQUE::equals)
                .isPresent();
    }

    /**
     * Those that are wanted, newest version first; the ones that are too young yet say when they are due.
     *
     * @throws UnsupportedFeatureException when a least age is asked for and upstream does not say when
     *     something was released
     */
    public Stream<Release> select(Stream<Listed> listed) {
        List<Named> named = listed.flatMap(entry -> name(entry).stream()).toList();
        Scheme scheme = scheme(named.stream().map(Named::version).toList());
        return named.stream()
                .filter(entry -> scheme.accepts(entry.version()))
                .map(entry -> release(entry, scheme))
                .filter(release -> selection.prereleases() || !release.prerelease())
                .sorted(scheme.order().reversed())
                .map(this::withDue);
    }

    /** What a name of upstream's list is as a version; moving ones are none. */
    public Optional<Version> versionOf(String name) {
        return selection.pattern()
                .versionOf(name)
                .filter(text -> !MOVING.contains(text.toLowerCase(Locale.ROOT)))
                .map(Version::new);
    }

    private record Named(Listed listed, String version) {}

    private Optional<Named> name(Listed listed) {
        return versionOf(listed.name()).map(version -> new Named(listed, version.text()));
    }

    private Scheme scheme(List<String> versions) {
        return Scheme.of(selection.scheme().orElseGet(() -> Scheme.detect(versions)));
    }

    private static Release release(Named entry, Scheme scheme) {
        Listed listed = entry.listed();
        return new Release(listed.name(), new Version(entry.version()), listed.published(), listed
                .prerelease() || scheme.isPrerelease(entry.version()), listed.page());
    }

    private Release withDue(Release release) {
        if (leastAge.isZero()) {
            return release;
        }
        Instant published = release.published()
                .orElseThrow(() -> new UnsupportedFeatureException(
                        "cannot apply minimum_release_age to " + tool
                                + ": its upstream does not say when " + release.name()
                                + " was released; set minimum_release_age: 0s for this tool"));
        Instant due = published.plus(leastAge);
        return due.isAfter(clock.instant())
                ? new Release(release.name(), release.version(), release.published(), release
                        .prerelease(), release.page(), Optional.of(due))
                : release;
    }
}
