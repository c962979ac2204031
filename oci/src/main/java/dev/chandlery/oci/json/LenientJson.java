package dev.chandlery.oci.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import java.io.IOException;

/** Reads the small JSON answers of registries and token servers. */
public final class LenientJson {
    private static final int MAX_DEPTH = 50;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build()).build();

    private LenientJson() {}

    /** The tree; an absent body is a missing node. */
    public static JsonNode read(String what, Bytes bytes) {
        try (var in = bytes.openStream()) {
            return MAPPER.readTree(in);
        } catch (IOException e) {
            throw new MalformedContentException("cannot read " + what + ": not JSON", e);
        }
    }
}
