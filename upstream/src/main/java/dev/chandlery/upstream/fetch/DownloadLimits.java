package dev.chandlery.upstream.fetch;

/**
 * How large files are taken in parts.
 *
 * @param parallelFromBytes size from which a file is taken in parts side by side, where its server allows
 * @param partBytes size of a part
 * @param connections most that one file has
 * @param extraConnections most that all files together have beyond one each
 */
public record DownloadLimits(long parallelFromBytes, long partBytes, int connections,
        int extraConnections) {
    private static final long MIB = 1024L * 1024;

    /** Enough to fill most lines from hosts that bound each connection, and few enough to be polite. */
    public static final DownloadLimits DEFAULT = new DownloadLimits(48 * MIB, 8 * MIB, 4, 8);

    public DownloadLimits {
        if (parallelFromBytes < 1 || partBytes < 1 || connections < 1 || extraConnections < 0) {
            throw new IllegalArgumentException("expected sizes and connections above 0");
        }
    }
}
