package dev.chandlery.config;

import java.time.Duration;

/**
 * Which releases of a tool are wanted.
 *
 * @param pattern of release names
 * @param prereleases whether release candidates and the like count
 * @param minimumReleaseAge younger releases wait; zero to take them at once
 * @param versions how many of the newest are published when no version is named, at least 1
 * @param autoPublish whether a run over all tools includes this one; otherwise it is published only
 *     when it is named
 */
public record ReleaseSelection(ReleasePattern pattern, boolean prereleases,
        Duration minimumReleaseAge, int versions, boolean autoPublish) {

    public ReleaseSelection {
        if (minimumReleaseAge.isNegative() || versions < 1) {
            throw new IllegalArgumentException(
                    "negative release age, or fewer than one version to publish");
        }
    }
}
