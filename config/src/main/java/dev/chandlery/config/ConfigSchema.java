package dev.chandlery.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON Schema of registry.yaml, for editors; made from the declaration that also reads the file. */
public final class ConfigSchema {

    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private ConfigSchema() {}

    /** The schema as a JSON document with a line break at its end; the same on every machine. */
    public static String json() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", DIALECT);
        schema.put("title", "registry.yaml of Chandlery");
        schema.put("anyOf", RootSection.NEEDED.stream()
                .map(key -> Map.of("required", List.of(key)))
                .toList());
        schema.putAll(RootSection.SECTION.schema());
        return PlainTree.json(schema);
    }
}
