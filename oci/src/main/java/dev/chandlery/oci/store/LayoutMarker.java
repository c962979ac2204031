package dev.chandlery.oci.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.UnsupportedFeatureException;
import java.io.IOException;

/**
 * The file {@code oci-layout}, which says that a folder or archive is a layout, and of which version.
 *
 * <p><b>Spec:</b> image-spec v1.1.1, Image Layout, oci-layout file.
 */
final class LayoutMarker {
    static final Bytes CONTENT = Bytes.ofUtf8("{\"imageLayoutVersion\":\"1.0.0\"}");

    private static final String SUPPORTED = "1.";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private LayoutMarker() {}

    /** @param name of the layout, for messages */
    static void require(Bytes raw, String name) {
        String version;
        try {
            version = MAPPER.readTree(raw.openStream()).path("imageLayoutVersion").asText();
        } catch (JsonProcessingException e) {
            throw new MalformedContentException("cannot open " + name + ": oci-layout is not JSON: "
                    + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory does not fail", e);
        }
        if (!version.startsWith(SUPPORTED)) {
            throw new UnsupportedFeatureException("cannot open " + name
                    + ": expected imageLayoutVersion 1.0.0 in oci-layout, got \"" + version + "\"");
        }
    }
}
