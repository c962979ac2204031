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

/** Reads one JSON object and nothing else: no key twice, nothing behind it, bounded depth and lengths. */
final class StrictJson {
    private static final int MAX_DEPTH = 64;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Endpoints.MAX_MANIFEST_BYTES)
                    .build())
            .build()).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private StrictJson() {}

    /** @param what for messages, such as {@code manifest sha256:...} */
    static ObjectNode readObject(Bytes raw, String what) {
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

    /** The bytes of the tree without white space. */
    static Bytes write(JsonNode node) {
        try {
            return Bytes.of(MAPPER.writeValueAsBytes(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of nodes can always be written", e);
        }
    }
}
