package dev.chandlery.trust;

import dev.chandlery.oci.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Files that programs of others made. */
public final class Resources {

    private Resources() {}

    public static Bytes read(String path) {
        try (InputStream in = Resources.class.getResourceAsStream("/" + path)) {
            return Bytes.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
