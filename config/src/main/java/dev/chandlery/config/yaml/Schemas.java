package dev.chandlery.config.yaml;

import java.util.LinkedHashMap;
import java.util.Map;

/** Starts schema trees, whose order is the order of insertion. */
final class Schemas {

    private Schemas() {}

    static Map<String, Object> ofType(String type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        return schema;
    }
}
