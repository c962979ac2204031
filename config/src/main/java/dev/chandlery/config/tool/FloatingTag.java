package dev.chandlery.config.tool;

/** A tag that follows releases. */
public enum FloatingTag {
    /** {@code latest}: the newest of all. */
    LATEST,
    /** {@code v31}: the newest of its first number. */
    MAJOR,
    /** {@code v31.1}: the newest of its first two numbers, where versions have more of them. */
    MINOR
}
