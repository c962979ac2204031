package dev.chandlery.oci.content;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
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

    /**
     * Whether its stream compares all bytes with that descriptor by itself, so that hashing them a second
     * time would tell nothing new.
     */
    default boolean verifies(Descriptor expected) {
        return false;
    }

    static Content of(Bytes bytes) {
        return bytes::openStream;
    }

    static Content of(Path file) {
        return () -> Files.newInputStream(file);
    }

    /** What the fetcher has under that descriptor, fetched anew for each stream. */
    static Content of(Fetcher fetcher, Descriptor descriptor) {
        return new Content() {
            @Override
            public InputStream open() {
                return fetcher.fetch(descriptor);
            }

            @Override
            public boolean verifies(Descriptor expected) {
                return expected.digest().equals(descriptor.digest())
                        && expected.size() == descriptor.size();
            }
        };
    }
}
