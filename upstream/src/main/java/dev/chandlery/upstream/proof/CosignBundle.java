package dev.chandlery.upstream.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.oci.Bytes;
import java.util.Optional;

/**
 * What cosign's {@code --bundle} wrote before sigstore's bundles.
 *
 * @param signature base64
 * @param certificate base64 of PEM
 */
record CosignBundle(Bytes signature, Bytes certificate) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** Empty for everything else. */
    static Optional<CosignBundle> find(Bytes json) {
        try {
            JsonNode node = MAPPER.readTree(json.utf8());
            return node.has("rekorBundle")
                    ? Optional.of(new CosignBundle(Bytes.ofUtf8(node
                            .path("base64Signature")
                            .asText("")), Bytes.ofUtf8(node.path("cert").asText(""))))
                    : Optional.empty();
        } catch (JsonProcessingException _) {
            return Optional.empty(); // who reads bundles says what is wrong
        }
    }
}
