package dev.chandlery.trust.statement;

import dev.chandlery.oci.Digest;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a statement is about.
 *
 * <p><b>Spec:</b> in-toto attestation framework v1, ResourceDescriptor.
 *
 * @param name of it; may be empty
 * @param digests lower-case hexadecimal by algorithm, such as {@code sha256}
 */
public record Subject(String name, SortedMap<String, String> digests) {

    public Subject {
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    }

    public static Subject of(String name, Digest digest) {
        return new Subject(name, new TreeMap<>(Map.of(digest.algorithm().label(), digest
                .encoded())));
    }

    /** Whether it has that digest. */
    public boolean has(Digest digest) {
        return digest.encoded().equals(digests.get(digest.algorithm().label()));
    }
}
