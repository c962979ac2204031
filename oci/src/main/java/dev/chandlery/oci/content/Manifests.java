package dev.chandlery.oci.content;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.oci.json.ManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Manifests out of a store, read whole and parsed. */
public final class Manifests {

    private Manifests() {}

    /** The manifest that the identifier names now, empty when there is none. */
    public static Optional<ManifestDocument> find(Source source, Identifier identifier) {
        return source.find(identifier).map(descriptor -> fetch(source, descriptor));
    }

    /** The manifest of that descriptor; every byte is compared with its digest. */
    public static ManifestDocument fetch(Source source, Descriptor descriptor) {
        if (descriptor.size() > Endpoints.MAX_MANIFEST_BYTES) {
            throw new LimitExceededException("cannot fetch manifest " + descriptor.digest() + ": "
                    + descriptor.size() + " bytes, at most " + Endpoints.MAX_MANIFEST_BYTES
                    + " are read");
        }
        try (InputStream in = source.fetch(descriptor)) {
            return ManifestReader.read(Bytes.of(in.readAllBytes()), descriptor.mediaType(),
                    descriptor.digest());
        } catch (IOException e) {
            throw new TransferException("cannot fetch manifest " + descriptor.digest() + " from "
                    + source + ": " + e.getMessage(), e, true);
        }
    }
}
