package dev.chandlery.oci.client;

import dev.chandlery.oci.api.Endpoints;

/**
 * Settings of a {@link RemoteRegistry}.
 *
 * @param protection whether TLS is used
 * @param chunkBytes size of the chunks in which blobs are pushed; 0 pushes each in one request, which
 *        all registries can
 * @param attempts how often a push is begun, and how often in a row a broken fetch is resumed
 * @param limits of what is read
 */
public record ClientOptions(Protection protection, long chunkBytes, int attempts, Limits limits) {

    /** Whether TLS is used. */
    public enum Protection {
        /** Plain HTTP on loopback, else TLS. */
        AUTO, TLS, PLAIN
    }

    /**
     * Limits of what is read from a registry.
     *
     * @param manifestBytes largest manifest
     * @param pageBytes largest page of a list
     * @param pages most pages of a list
     * @param pageSize names asked for on one page; some registries refuse more than 1000
     */
    public record Limits(long manifestBytes, long pageBytes, int pages, int pageSize) {
        public static final Limits DEFAULT = new Limits(Endpoints.MAX_MANIFEST_BYTES, 8L << 20,
                1000, 1000);
    }

    public static final ClientOptions DEFAULT = new ClientOptions(Protection.AUTO, 0, 4,
            Limits.DEFAULT);

    public ClientOptions {
        if (chunkBytes < 0 || attempts < 1) {
            throw new IllegalArgumentException(
                    "expected 0 or more bytes in a chunk and 1 or more attempts");
        }
    }

    /** Plain HTTP or TLS, whatever the host. */
    public ClientOptions withPlainHttp(boolean plain) {
        return new ClientOptions(plain ? Protection.PLAIN : Protection.TLS, chunkBytes, attempts,
                limits);
    }

    public ClientOptions withChunkBytes(long bytes) {
        return new ClientOptions(protection, bytes, attempts, limits);
    }

    public ClientOptions withAttempts(int count) {
        return new ClientOptions(protection, chunkBytes, count, limits);
    }

    public ClientOptions withLimits(Limits replaced) {
        return new ClientOptions(protection, chunkBytes, attempts, replaced);
    }
}
