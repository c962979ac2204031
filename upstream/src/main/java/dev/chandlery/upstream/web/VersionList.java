package dev.chandlery.upstream.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import java.util.ArrayList;
import java.util.List;

/** A list of releases: one on each line, or a JSON list of texts, or of objects with {@code version}. */
final class VersionList {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private VersionList() {}

    /** @param action for messages */
    static List<String> parse(Bytes content, String action) {
        String text = content.utf8().strip();
        return text.startsWith("[")
                ? json(text, action)
                : text.lines()
                        .map(String::strip)
                        .filter(
                                line -> !line.isEmpty() && !line.startsWith("#"))
                        .toList();
    }

    private static List<String> json(String text, String action) {
        try {
            List<String> names = new ArrayList<>();
            for (JsonNode item : MAPPER.readTree(text)) {
                String name = item.isTextual() ? item.asText() : item.path("version").asText("");
                if (!name.isEmpty()) {
                    names.add(name);
                }
            }
            return names;
        } catch (JsonProcessingException e) {
            throw new MalformedContentException("cannot " + action + ": " + e.getOriginalMessage(),
                    e);
        }
    }
}
