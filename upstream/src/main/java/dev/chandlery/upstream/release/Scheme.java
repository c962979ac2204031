package dev.chandlery.upstream.release;

import dev.chandlery.config.tool.VersionScheme;
import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.Version;
import java.util.Comparator;
import java.util.List;

/** How versions are read: which texts are some, which announce a later one, and which is the newer of two. */
public sealed interface Scheme permits Semver, Loose, Calver, Opaque {

    /** Whether the text is a version at all. */
    boolean accepts(String text);

    /** Whether the text says that it announces a later release. */
    boolean isPrerelease(String text);

    /** Older releases first; a total order. */
    Comparator<Release> order();

    /**
     * The series that a version is in, the widest first: 31 and 31.1 of {@code 31.1.2}; at most two. Empty for
     * prereleases and where there is none.
     */
    List<String> series(Version version);

    /** The rules of a scheme. */
    static Scheme of(VersionScheme scheme) {
        return switch (scheme) {
            case SEMVER -> new Semver();
            case LOOSE -> new Loose();
            case CALVER -> new Calver();
            case OPAQUE -> new Opaque();
        };
    }

    /**
     * The scheme that a project's versions show: of dates only, commits only, or numbers as semver has them;
     * else the loose one. It makes no difference to the order, whatever part of them is seen.
     */
    static VersionScheme detect(List<String> versions) {
        if (versions.isEmpty()) {
            return VersionScheme.LOOSE;
        }
        if (versions.stream().allMatch(Opaque::isCommit)) {
            return VersionScheme.OPAQUE;
        }
        Calver calver = new Calver();
        if (versions.stream().allMatch(calver::isWholeDate)) {
            return VersionScheme.CALVER;
        }
        return versions.stream().allMatch(Semver::isPlain)
                ? VersionScheme.SEMVER
                : VersionScheme.LOOSE;
    }
}
