package dev.chandlery.oci.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.api.Endpoints;
import java.io.IOException;
import java.io.InputStream;

/** Reads one JSON object and nothing else: no key twice, nothing behind it, bounded depth and lengths. */
public final class StrictJson {
    private static final int MAX_DEPTH = 64;

    /** So many bytes show each other encoding that JSON was ever written in. */
    private static final int GUESSED_FROM = 2;
    /** Begins byte order marks, and never a JSON text. */
    private static final int NEVER_FIRST = 0x80;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Endpoints.MAX_MANIFEST_BYTES)
                    .build())
            .build()).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private StrictJson() {}

    /**
     * The one object that the bytes are.
     *
     * @param what for messages, such as {@code manifest sha256:...}
     * @throws MalformedContentException when they are anything else
     */
    public static ObjectNode readObject(Bytes raw, String what) {
        requireUtf8(raw, what);
        try {
            if (MAPPER.readTree(raw.openStream()) instanceof ObjectNode object) {
                return object;
            }
            throw new MalformedContentException("cannot read " + what
                    + ": expected a JSON object");
        } catch (JsonProcessingException e) {
            throw new MalformedContentException("cannot read " + what + ": " + e
                    .getOriginalMessage(), e);
        } catch (IOException e) {
            throw new MalformedContentException("cannot read " + what + ": " + e, e);
        }
    }

    /**
     * Others would take it for something else, or for nothing, where the parser guesses an encoding.
     *
     * <p><b>Spec:</b> RFC 8259, section 8.1.
     */
    private static void requireUtf8(Bytes raw, String what) {
        try (InputStream in = raw.openStream()) {
            byte[] first = in.readNBytes(GUESSED_FROM);
            for (byte b : first) {
                if (b == 0 || (b & 0xff) >= NEVER_FIRST) {
                    throw new MalformedContentException("cannot read " + what
                            + ": expected UTF-8 without a byte order mark");
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory does not fail", e);
        }
    }

    /** The bytes of the tree without white space. */
    public static Bytes write(JsonNode node) {
        try {
            return Bytes.of(MAPPER.writeValueAsBytes(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of nodes can always be written", e);
        }
    }
}
