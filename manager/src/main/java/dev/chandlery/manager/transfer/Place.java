package dev.chandlery.manager.transfer;

import dev.chandlery.oci.content.Target;
import java.util.stream.Stream;

/** One side of a transfer: repositories by their path, which is the same on both sides. */
public interface Place extends AutoCloseable {

    /** As messages name it, such as {@code ghcr.io/acme}. */
    String label();

    /** The repository of that path below the place's namespace, whether it exists or not. */
    Target repository(String path);

    /**
     * Paths of all repositories, read page by page; the caller closes the stream.
     *
     * @throws dev.chandlery.oci.UnsupportedFeatureException where they are not listed, also while it is read
     */
    Stream<String> paths();

    @Override
    void close();
}
