package dev.chandlery.publisher.pack;

/**
 * Bounds of what is taken out of one asset.
 *
 * @param entries most files, folders and links
 * @param bytes most bytes of all files together
 * @param ratio most bytes out of each byte of the asset, once more than {@code ratioFrom} came out
 * @param ratioFrom bytes from which on the ratio is judged
 */
record ArchiveLimits(int entries, long bytes, int ratio, long ratioFrom) {
    private static final long MIB = 1024 * 1024;

    static final ArchiveLimits DEFAULT = new ArchiveLimits(100_000, 16 * 1024 * MIB, 200,
            256 * MIB);
}
