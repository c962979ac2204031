package dev.chandlery.upstream.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.MalformedContentException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a second channel had when it was asked.
 *
 * @param source of it, for people
 * @param release as the channel calls it
 * @param fileName of its download
 * @param digest SHA-256 of the download
 * @param files SHA-256 of what is in it, by path; {@code .} is the download itself
 */
public record ChannelRecord(String source, String release, String fileName, Digest digest,
        SortedMap<String, Digest> files) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    public ChannelRecord {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** As it is kept as evidence. */
    public Bytes toJson() {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("source", source);
        node.put("release", release);
        node.put("file", fileName);
        node.put("digest", digest.toString());
        ObjectNode byPath = node.putObject("files");
        files.forEach((path, each) -> byPath.put(path, each.toString()));
        return Bytes.ofUtf8(node.toPrettyString() + "\n");
    }

    static ChannelRecord parse(Bytes json, String what) {
        try {
            JsonNode node = MAPPER.readTree(json.utf8());
            SortedMap<String, Digest> files = new TreeMap<>();
            node.path("files")
                    .properties()
                    .forEach(entry -> files.put(entry.getKey(), Digest
                            .parse(entry.getValue().asText(""))));
            return new ChannelRecord(node.path("source").asText(""), node.path("release")
                    .asText(
                            ""),
                    node.path("file").asText(""), Digest.parse(node.path("digest")
                            .asText(
                                    "")),
                    files);
        } catch (JsonProcessingException | InvalidReferenceException e) {
            throw new MalformedContentException("cannot read the record of a second channel for "
                    + what, e);
        }
    }
}
