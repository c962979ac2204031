package dev.chandlery.config.tool;

import dev.chandlery.config.source.ReleasePattern;

import java.util.Optional;

/**
 * Which releases of a tool are wanted.
 *
 * @param pattern of release names
 * @param scheme of its versions; empty to find it out from the releases
 * @param prereleases whether release candidates and the like count
 * @param versions how many of the newest are published when no version is named, at least 1
 * @param autoPublish whether a run over all tools includes this one; otherwise it is published only
 *     when it is named
 * @param policy when a wanted release is published
 */
public record ReleaseSelection(ReleasePattern pattern, Optional<VersionScheme> scheme,
        boolean prereleases, int versions, boolean autoPublish, ReleasePolicy policy) {

    public ReleaseSelection {
        if (versions < 1) {
            throw new IllegalArgumentException("fewer than one version to publish");
        }
    }
}
