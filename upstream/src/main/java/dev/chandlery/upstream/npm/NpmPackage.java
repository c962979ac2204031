package dev.chandlery.upstream.npm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import java.net.URI;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a registry says of one package.
 *
 * @param name such as {@code @bufbuild/buf-linux-x64}
 * @param versions files by version
 */
record NpmPackage(String name, SortedMap<String, Dist> versions) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /**
     * A file.
     *
     * @param tarball where it is
     * @param integrity its digest; empty in very old packages
     */
    record Dist(URI tarball, Optional<Digest> integrity) {}

    static NpmPackage parse(String name, Bytes document) {
        try {
            SortedMap<String, Dist> versions = new TreeMap<>();
            for (var entry : MAPPER.readTree(document.openStream()).path("versions").properties()) {
                dist(entry.getValue().path("dist")).ifPresent(dist -> versions.put(entry.getKey(),
                        dist));
            }
            return new NpmPackage(name, versions);
        } catch (JsonProcessingException e) {
            throw new MalformedContentException("cannot read npm package " + name + ": " + e
                    .getOriginalMessage(), e);
        } catch (java.io.IOException e) {
            throw new MalformedContentException("cannot read npm package " + name, e);
        }
    }

    private static Optional<Dist> dist(JsonNode node) {
        try {
            URI tarball = URI.create(node.path("tarball").asText(""));
            return tarball.getHost() == null
                    ? Optional.empty()
                    : Optional.of(new Dist(tarball,
                            integrity(node.path("integrity").asText(""))));
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // a version without a usable address cannot be had
        }
    }

    /** Of a list such as {@code sha1-... sha512-...} the strongest that counts. */
    private static Optional<Digest> integrity(String text) {
        Optional<Digest> found = Optional.empty();
        for (String part : text.strip().split("\\s+", -1)) {
            int dash = part.indexOf('-');
            Optional<Algorithm> algorithm = dash < 0
                    ? Optional.empty()
                    : Algorithm.find(part
                            .substring(0, dash));
            if (algorithm.isPresent() && (found.isEmpty() || algorithm.get() == Algorithm.SHA512)) {
                byte[] hash = Base64.getDecoder()
                        .decode(part.substring(dash + 1)
                                .replaceFirst(
                                        "\\?.*", ""));
                found = Optional.of(new Digest(algorithm.get(), HexFormat.of().formatHex(hash)));
            }
        }
        return found;
    }
}
