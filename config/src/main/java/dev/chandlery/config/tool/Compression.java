package dev.chandlery.config.tool;

/** How a layer is compressed. */
public enum Compression {
    /** Read by everything. */
    GZIP,
    /** Smaller and faster, not read by old engines. */
    ZSTD
}
