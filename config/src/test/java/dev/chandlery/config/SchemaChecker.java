package dev.chandlery.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** As much of a JSON Schema validator as our schema needs; fails on words that it does not know. */
final class SchemaChecker {
    private static final Set<String> ANNOTATIONS = Set.of("$schema", "title", "description",
            "default", "examples", "format", "propertyNames");

    private final List<String> problems = new ArrayList<>();

    List<String> check(JsonNode schema, JsonNode value, String path) {
        for (Map.Entry<String, JsonNode> word : schema.properties()) {
            if (!ANNOTATIONS.contains(word.getKey())) {
                check(word.getKey(), schema, value, path);
            }
        }
        return problems;
    }

    private void check(String word, JsonNode schema, JsonNode value, String path) {
        JsonNode rule = schema.get(word);
        switch (word) {
            case "type" -> require(isA(rule.asText(), value), path, "type " + rule.asText());
            case "minimum" -> require(value.asDouble() >= rule.asDouble(), path, "minimum " + rule);
            case "maximum" -> require(value.asDouble() <= rule.asDouble(), path, "maximum " + rule);
            case "pattern" -> require(Pattern.compile(rule.asText())
                    .matcher(value.asText())
                    .find(), path, "pattern " + rule);
            case "enum" -> require(contains(rule, value), path, "enum");
            case "anyOf" -> require(anyOf(rule, value), path, "anyOf");
            case "minItems" -> require(value.size() >= rule.asInt(), path, "minItems " + rule);
            case "uniqueItems" -> require(unique(value), path, "uniqueItems");
            case "items" -> items(rule, value, path);
            case "required" -> rule.forEach(name -> require(value.has(name.asText()), path,
                    "required: " + name.asText()));
            case "properties", "additionalProperties" -> properties(schema, value, path, word);
            default -> throw new AssertionError("a word that is not checked: " + word);
        }
    }

    private void properties(JsonNode schema, JsonNode value, String path, String word) {
        JsonNode others = schema.path("additionalProperties");
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            JsonNode known = schema.path("properties").path(member.getKey());
            String place = path + "/" + member.getKey();
            if (word.equals("properties") && !known.isMissingNode()) {
                check(known, member.getValue(), place);
            } else if (word.equals("additionalProperties") && known.isMissingNode()) {
                require(!others.isBoolean() || others.asBoolean(), path, "unknown: " + member
                        .getKey());
                check(others, member.getValue(), place);
            }
        }
    }

    private void items(JsonNode rule, JsonNode value, String path) {
        for (int i = 0; i < (value.isArray() ? value.size() : 0); i++) {
            check(rule, value.get(i), path + "/" + i);
        }
    }

    private void require(boolean holds, String path, String rule) {
        if (!holds) {
            problems.add(path + ": " + rule);
        }
    }

    private static boolean anyOf(JsonNode rules, JsonNode value) {
        for (JsonNode rule : rules) {
            if (new SchemaChecker().check(rule, value, "").isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        for (JsonNode each : list) {
            if (each.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean unique(JsonNode list) {
        Set<JsonNode> seen = new HashSet<>();
        list.forEach(seen::add);
        return seen.size() == list.size();
    }

    private static boolean isA(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            default -> throw new AssertionError("a type that is not checked: " + type);
        };
    }
}
