package dev.chandlery.oci.client;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
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
