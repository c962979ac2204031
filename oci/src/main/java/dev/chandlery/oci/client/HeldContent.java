package dev.chandlery.oci.client;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.content.Content;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Small content that may have to be sent twice: it is read, and verified, when it is first wanted, and kept
 * in memory then. What is never wanted is never read.
 */
final class HeldContent implements Content {
    private final Descriptor blob;
    private final Content content;
    private @Nullable Bytes bytes;

    HeldContent(Descriptor blob, Content content) {
        this.blob = blob;
        this.content = content;
    }

    /**
     * Reads and verifies it now, so that a later failure is none of the content.
     *
     * @throws dev.chandlery.oci.ContentMismatchException when it is not what it should be
     */
    void read() {
        try (InputStream in = open()) {
            in.available();
        } catch (IOException e) {
            throw new StorageException("cannot push blob " + blob.digest()
                    + ": cannot read the content: " + e.getMessage(), e);
        }
    }

    @Override
    public InputStream open() throws IOException {
        Bytes held = bytes;
        if (held == null) {
            try (InputStream in = VerifyingContent.of(blob, content).open()) {
                held = Bytes.of(in.readAllBytes());
            }
            bytes = held;
        }
        return held.openStream();
    }

    @Override
    public boolean verifies(Descriptor expected) {
        return expected.digest().equals(blob.digest()) && expected.size() == blob.size();
    }
}
