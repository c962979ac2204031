package dev.chandlery.upstream.sbom;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.json.StrictJson;
import java.util.Optional;

/** Formats of bills of materials, told by what is in a file, as names do not tell it. */
public enum SbomFormat {
    /** CycloneDX as JSON. */
    CYCLONEDX("application/vnd.cyclonedx+json"),
    /** CycloneDX as XML. */
    CYCLONEDX_XML("application/vnd.cyclonedx+xml"),
    /** SPDX 2 or 3 as JSON. */
    SPDX("application/spdx+json"),
    /** SPDX as tags and values. */
    SPDX_TEXT("text/spdx"),
    /** Syft's own. */
    SYFT("application/vnd.syft+json");

    private static final int HEAD = 4096;

    private final String type;

    SbomFormat(String type) {
        this.type = type;
    }

    /** The type that referrers of it have. */
    public MediaType mediaType() {
        return new MediaType(type);
    }

    /** Empty for what is none of them. */
    public static Optional<SbomFormat> find(Bytes content) {
        String text = content.utf8();
        String head = text.substring(0, Math.min(HEAD, text.length())).strip();
        if (head.startsWith("{")) {
            return ofJson(content);
        }
        if (head.startsWith("<")) {
            return head.contains("cyclonedx.org/schema/bom")
                    ? Optional.of(CYCLONEDX_XML)
                    : Optional.empty();
        }
        return head.startsWith("SPDXVersion: ") ? Optional.of(SPDX_TEXT) : Optional.empty();
    }

    private static Optional<SbomFormat> ofJson(Bytes content) {
        try {
            JsonNode root = StrictJson.readObject(content, "an SBOM");
            if (root.path("bomFormat").asText().equals("CycloneDX")) {
                return Optional.of(CYCLONEDX);
            }
            boolean spdx = root.path("spdxVersion").asText().startsWith("SPDX-")
                    || root.path("@context").asText().startsWith("https://spdx.org/rdf/3");
            if (spdx) {
                return Optional.of(SPDX);
            }
            return root.path("descriptor").path("name").asText().equals("syft") && root.has(
                    "artifacts") ? Optional.of(SYFT) : Optional.empty();
        } catch (MalformedContentException _) {
            return Optional.empty(); // named like one, and none that anybody can read
        }
    }
}
