package dev.chandlery.config.tool;

/** How a project numbers its releases: which names are versions, and which of two is the newer one. */
public enum VersionScheme {
    /** Three numbers, with a prerelease behind {@code -} and a build behind {@code +}. */
    SEMVER,
    /** Any text with numbers in it, read as people would. */
    LOOSE,
    /** Dates: {@code 2025-12-01}, {@code 2025.12}, {@code 20251201}, {@code 24.04.1}. */
    CALVER,
    /** Names that say nothing, such as commits: ordered by the time of their release. */
    OPAQUE
}
