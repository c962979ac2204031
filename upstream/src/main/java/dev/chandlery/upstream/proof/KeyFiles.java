package dev.chandlery.upstream.proof;

import dev.chandlery.config.proof.KeySpec;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.UntrustedContentException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the keys and roots that registry.yaml pins; what cannot be read proves nothing. */
final class KeyFiles {
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    /**
     * A file or text.
     *
     * @param what for messages
     */
    record Named(Bytes content, String what) {}

    private KeyFiles() {}

    static List<Named> read(KeySpec spec) {
        List<Named> read = new ArrayList<>();
        spec.text()
                .ifPresent(text -> read.add(new Named(Bytes.ofUtf8(text), "the key in"
                        + " registry.yaml")));
        spec.files().forEach(file -> read.add(read(file)));
        return read;
    }

    static Named read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new UntrustedContentException("cannot read keys of " + file + ": more than "
                        + MAX_BYTES + " bytes");
            }
            return new Named(Bytes.of(bytes), file.toString());
        } catch (NoSuchFileException e) {
            throw new UntrustedContentException("cannot read keys of " + file
                    + ": there is no such file");
        } catch (IOException e) {
            throw new UntrustedContentException("cannot read keys of " + file + ": " + e
                    .getMessage());
        }
    }
}
