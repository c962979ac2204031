package dev.chandlery.oci.content;

import dev.chandlery.oci.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes to be pushed; opened anew for each attempt, so that a broken one can be repeated. */
@FunctionalInterface
public interface Content {

    /** A new stream from the first byte; the caller closes it. */
    InputStream open() throws IOException;

    /** Whether {@link #open} may be called again; content that cannot be replayed is sent once. */
    default boolean replayable() {
        return true;
    }

    static Content of(Bytes bytes) {
        return bytes::openStream;
    }

    static Content of(Path file) {
        return () -> Files.newInputStream(file);
    }
}
