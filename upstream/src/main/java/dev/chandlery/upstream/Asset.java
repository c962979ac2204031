package dev.chandlery.upstream;

import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.Digest;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file that upstream offers.
 *
 * @param platform that it is for
 * @param fileName as upstream calls it; one path component
 * @param uri where it is
 * @param size in bytes; empty where upstream does not say
 * @param apiDigest that upstream's API states
 * @param modified when it was put there; empty where upstream does not say
 * @param release that it belongs to
 */
public record Asset(PlatformName platform, String fileName, URI uri, OptionalLong size,
        Optional<Digest> apiDigest, Optional<Instant> modified, Release release) {

    public Asset {
        Objects.requireNonNull(platform);
        Objects.requireNonNull(uri);
        if (fileName.isEmpty() || fileName.indexOf('/') >= 0 || fileName.startsWith(".")) {
            throw new IllegalArgumentException("no file name: " + fileName);
        }
    }
}
