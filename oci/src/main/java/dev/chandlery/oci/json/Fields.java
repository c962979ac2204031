package dev.chandlery.oci.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.oci.MalformedContentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Typed access to the members of an object; a member of another type is malformed content, JSON null is the
 * same as absent.
 *
 * @param node the object
 * @param path of it, for messages
 */
public record Fields(ObjectNode node, String path) {

    /** The string of that name; empty when absent. */
    public Optional<String> text(String name) {
        return find(name).map(value -> {
            if (!value.isTextual()) {
                throw unexpected(name, "a string");
            }
            return value.textValue();
        });
    }

    /** As {@link #text}, but malformed when absent. */
    public String requireText(String name) {
        return text(name).orElseThrow(() -> missing(name));
    }

    /** A whole number of 0 or more; malformed when absent. */
    public long requireSize(String name) {
        JsonNode value = find(name).orElseThrow(() -> missing(name));
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw unexpected(name, "a number of 0 or more");
        }
        return value.longValue();
    }

    /** The object of that name; empty when absent. */
    public Optional<Fields> object(String name) {
        return find(name).map(value -> {
            if (!(value instanceof ObjectNode object)) {
                throw unexpected(name, "an object");
            }
            return new Fields(object, path + "." + name);
        });
    }

    /** The objects of a list; empty when the member is absent. */
    public List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        for (JsonNode element : array(name)) {
            if (!(element instanceof ObjectNode object)) {
                throw unexpected(name, "a list of objects");
            }
            objects.add(new Fields(object, path + "." + name + "[" + objects.size() + "]"));
        }
        return objects;
    }

    /** The strings of a list; empty when the member is absent. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(name)) {
            if (!element.isTextual()) {
                throw unexpected(name, "a list of strings");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    /** The strings of an object, by name; empty when the member is absent. */
    public SortedMap<String, String> textMap(String name) {
        SortedMap<String, String> map = new TreeMap<>();
        object(name).ifPresent(object -> {
            for (Map.Entry<String, JsonNode> entry : object.node.properties()) {
                map.put(entry.getKey(), object.requireText(entry.getKey()));
            }
        });
        return map;
    }

    /** Whether there is such a member that is not null. */
    public boolean has(String name) {
        return find(name).isPresent();
    }

    /** What to throw when the member of that name is not as expected. */
    public MalformedContentException unexpected(String name, String expected) {
        return new MalformedContentException("cannot read " + path + "." + name + ": expected "
                + expected);
    }

    private MalformedContentException missing(String name) {
        return new MalformedContentException("cannot read " + path + ": \"" + name
                + "\" is missing");
    }

    private ArrayNode array(String name) {
        return find(name).map(value -> {
            if (!(value instanceof ArrayNode array)) {
                throw unexpected(name, "a list");
            }
            return array;
        }).orElseGet(node::arrayNode);
    }

    private Optional<JsonNode> find(String name) {
        return Optional.ofNullable(node.get(name)).filter(value -> !value.isNull());
    }
}
