package dev.chandlery.config.tool;

/** What a tool's artifact is. */
public enum Packaging {
    /** An image with the tool's tree as its layer, which container engines read too. */
    OCI,
    /** Upstream's file as the only layer. */
    UPSTREAM
}
