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

    public static final UploadLimits DEFAULTS = new UploadLimits(64L << 30, 10_000,
            Duration.ofHours(24), Duration.ofSeconds(2));
}
