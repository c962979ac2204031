package dev.chandlery.oci.store;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.InvalidReferenceException;
import java.util.Optional;

/** Names of entries in the archive of a layout. */
final class ArchiveNames {
    static final String MARKER = "oci-layout";
    static final String INDEX = "index.json";
    static final String BLOBS = "blobs/";

    /** Of places that wait for their content; as long as {@link #BLOBS}, so that one replaces the other. */
    static final String SPARE = "spare/";

    private ArchiveNames() {}

    /** Without the {@code ./} that some programs put before. */
    static String plain(String name) {
        String plain = name;
        while (plain.startsWith("./")) {
            plain = plain.substring(2);
        }
        return plain;
    }

    /** @param folder {@link #BLOBS} or {@link #SPARE} */
    static String of(String folder, Digest digest) {
        return folder + digest.algorithm().label() + "/" + digest.encoded();
    }

    /** The digest in a plain name of that folder. */
    static Optional<Digest> digest(String folder, String plain) {
        String[] parts = plain.startsWith(folder)
                ? plain.substring(folder.length()).split("/", -1)
                : new String[0];
        if (parts.length != 2) {
            return Optional.empty();
        }
        return Algorithm.find(parts[0]).flatMap(algorithm -> {
            try {
                return Optional.of(new Digest(algorithm, parts[1]));
            } catch (InvalidReferenceException _) {
                return Optional.empty();
            }
        });
    }
}
