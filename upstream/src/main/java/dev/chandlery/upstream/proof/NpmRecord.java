package dev.chandlery.upstream.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an npm registry says of one version.
 *
 * @param packageVersion {@code name@version}
 * @param integrity as the registry writes it
 * @param signatures base64 by key id
 * @param published when; empty where the registry does not say
 */
public record NpmRecord(String packageVersion, String integrity,
        SortedMap<String, String> signatures, Optional<Instant> published) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    public NpmRecord {
        signatures = Collections.unmodifiableSortedMap(new TreeMap<>(signatures));
    }

    /** The integrity as a digest; must be one SHA-512, as what is signed is. */
    Digest digest() {
        try {
            if (integrity.startsWith("sha512-")) {
                byte[] hash = Base64.getDecoder().decode(integrity.substring("sha512-".length()));
                return new Digest(Algorithm.SHA512, HexFormat.of().formatHex(hash));
            }
        } catch (RuntimeException e) {
            throw new MalformedContentException("cannot read integrity of " + packageVersion
                    + ": no SHA-512", e);
        }
        throw new MalformedContentException("cannot read integrity of " + packageVersion
                + ": expected sha512-..., found \"" + integrity + "\"");
    }

    /** As it is kept as evidence. */
    public Bytes toJson() {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("package", packageVersion);
        node.put("integrity", integrity);
        ObjectNode byKey = node.putObject("signatures");
        signatures.forEach(byKey::put);
        published.ifPresent(when -> node.put("published", when.toString()));
        return Bytes.ofUtf8(node.toPrettyString() + "\n");
    }

    static NpmRecord parse(Bytes json, String what) {
        try {
            JsonNode node = MAPPER.readTree(json.utf8());
            SortedMap<String, String> signatures = new TreeMap<>();
            node.path("signatures")
                    .properties()
                    .forEach(entry -> signatures.put(entry.getKey(),
                            entry.getValue().asText("")));
            String published = node.path("published").asText("");
            return new NpmRecord(node.path("package").asText(""), node.path("integrity")
                    .asText(
                            ""),
                    signatures, published.isEmpty()
                            ? Optional.empty()
                            : Optional.of(
                                    Instant.parse(published)));
        } catch (JsonProcessingException | DateTimeParseException e) {
            throw new MalformedContentException("cannot read what the npm registry says of " + what,
                    e);
        }
    }
}
