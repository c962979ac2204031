package dev.chandlery.trust.publication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.json.Fields;
import java.util.Map;
import java.util.Objects;

/**
 * A file that a publication was made of or made.
 *
 * @param name of it
 * @param uri where it was; may be empty
 * @param digest of its bytes
 */
public record Material(String name, String uri, Digest digest) {

    public Material {
        Objects.requireNonNull(name);
        Objects.requireNonNull(digest);
    }

    void write(ObjectNode into) {
        into.put("name", name);
        if (!uri.isEmpty()) {
            into.put("uri", uri);
        }
        into.putObject("digest").put(digest.algorithm().label(), digest.encoded());
    }

    static Material read(Fields fields) {
        Map<String, String> digests = fields.textMap("digest");
        for (Algorithm algorithm : Algorithm.values()) {
            String encoded = digests.get(algorithm.label());
            if (encoded != null) {
                return new Material(fields.text("name").orElse(""), fields.text("uri").orElse(""),
                        digest(fields, algorithm, encoded));
            }
        }
        throw fields.unexpected("digest", "a sha256 or sha512");
    }

    private static Digest digest(Fields fields, Algorithm algorithm, String encoded) {
        try {
            return new Digest(algorithm, encoded);
        } catch (InvalidReferenceException _) {
            throw fields.unexpected("digest", "a digest in hexadecimal");
        }
    }
}
