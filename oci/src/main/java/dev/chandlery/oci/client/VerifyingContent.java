package dev.chandlery.oci.client;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.VerifyingStream;
import java.io.IOException;
import java.io.InputStream;

/** Content whose last bytes are given only when all match the descriptor; hashed once, not twice. */
record VerifyingContent(Descriptor expected, Content content) implements Content {

    /** The content itself when it does so already: hashing it twice would tell nothing new. */
    static Content of(Descriptor expected, Content content) {
        return content.verifies(expected) ? content : new VerifyingContent(expected, content);
    }

    @Override
    public InputStream open() throws IOException {
        return new VerifyingStream(content.open(), expected,
                "the content of blob " + expected.digest(), true);
    }

    @Override
    public boolean verifies(Descriptor descriptor) {
        return descriptor.digest().equals(expected.digest())
                && descriptor.size() == expected.size();
    }

    @Override
    public boolean replayable() {
        return content.replayable();
    }
}
