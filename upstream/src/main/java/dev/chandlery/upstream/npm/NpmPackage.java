package dev.chandlery.upstream.npm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.upstream.proof.NpmRecord;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
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
 * @param times when versions came; empty in the short form
 */
record NpmPackage(String name, SortedMap<String, Dist> versions,
        SortedMap<String, Instant> times) {
    private static final int MOST_SHOWN = 200;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /**
     * A file.
     *
     * @param tarball where it is
     * @param integrity its digest; empty in very old packages
     * @param deprecated why it should not be used any more; empty when it may be
     * @param signed what the registry signs, and its signatures
     */
    record Dist(URI tarball, Optional<Digest> integrity, Optional<String> deprecated,
            Signed signed) {}

    /**
     * What a registry signs of a version.
     *
     * @param integrity as it is written
     * @param signatures base64 by key id; empty behind mirrors that leave them out
     */
    record Signed(String integrity, SortedMap<String, String> signatures) {}

    /** What the registry says of a version, to be kept. */
    Optional<NpmRecord> record(String version) {
        return Optional.ofNullable(versions.get(version))
                .map(dist -> new NpmRecord(name + "@"
                        + version, dist.signed().integrity(), dist.signed().signatures(), Optional
                                .ofNullable(times.get(version))));
    }

    static NpmPackage parse(String name, Bytes document) {
        try {
            SortedMap<String, Dist> versions = new TreeMap<>();
            JsonNode root = MAPPER.readTree(document.openStream());
            for (var entry : root.path("versions").properties()) {
                dist(entry.getValue()).ifPresent(dist -> versions.put(entry.getKey(), dist));
            }
            SortedMap<String, Instant> times = new TreeMap<>();
            for (var entry : root.path("time").properties()) {
                instant(entry.getValue().asText("")).ifPresent(at -> times.put(entry.getKey(), at));
            }
            return new NpmPackage(name, versions, times);
        } catch (JsonProcessingException e) {
            throw new MalformedContentException("cannot read npm package " + name + ": " + e
                    .getOriginalMessage(), e);
        } catch (java.io.IOException e) {
            throw new MalformedContentException("cannot read npm package " + name, e);
        }
    }

    private static Optional<Dist> dist(JsonNode version) {
        JsonNode node = version.path("dist");
        try {
            URI tarball = URI.create(node.path("tarball").asText(""));
            return tarball.getHost() == null
                    ? Optional.empty()
                    : Optional.of(new Dist(tarball,
                            integrity(node.path("integrity").asText("")), deprecated(version
                                    .path("deprecated")), signed(node)));
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // a version without a usable address cannot be had
        }
    }

    private static Signed signed(JsonNode dist) {
        SortedMap<String, String> signatures = new TreeMap<>();
        for (JsonNode each : dist.path("signatures")) {
            signatures.put(each.path("keyid").asText(""), each.path("sig").asText(""));
        }
        return new Signed(dist.path("integrity").asText(""), signatures);
    }

    /** A text, or true; the empty text takes it back. */
    private static Optional<String> deprecated(JsonNode node) {
        String text = node.asText("").replaceAll("\\p{Cntrl}", " ").strip();
        boolean said = !text.isEmpty() && !text.equals("false");
        return said
                ? Optional.of(text.substring(0, Math.min(text.length(), MOST_SHOWN)))
                : Optional.empty();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty(); // as good as not said
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
