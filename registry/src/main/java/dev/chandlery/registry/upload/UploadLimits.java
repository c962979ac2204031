package dev.chandlery.registry.upload;

import java.time.Duration;

/**
 * Limits on uploads.
 *
 * @param maxBlobBytes largest blob
 * @param maxSessions most sessions that may be open at a time
 * @param lifetime a session that no request changed for that long is dropped
 * @param writerWait how long a request waits for another one that writes to the same session
 */
public record UploadLimits(long maxBlobBytes, int maxSessions, Duration lifetime,
        Duration writerWait) {

    private static final int SHARE = 10;
    private static final int LEAST_SHARE = 100;

    public static final UploadLimits DEFAULTS = new UploadLimits(64L << 30, 10_000,
            Duration.ofHours(24), Duration.ofSeconds(2));

    /** Most sessions that one caller may have open, so that none takes all from the others. */
    public int maxOfOpener() {
        return Math.max(Math.min(LEAST_SHARE, maxSessions), maxSessions / SHARE);
    }
}
