package dev.chandlery.config;

import java.util.Map;

/**
 * A configuration as it takes effect: every key with its value, defaults and the catalogue's knowledge
 * filled in, folders absolute. Secrets stay references. What is written here reads back as the same
 * configuration.
 */
public final class EffectiveConfig {

    private EffectiveConfig() {}

    /** As a YAML document. */
    public static String yaml(ConfigSpec config) {
        return PlainTree.yaml(tree(config));
    }

    /** As a JSON document with a line break at its end. */
    public static String json(ConfigSpec config) {
        return PlainTree.json(tree(config));
    }

    private static Map<String, Object> tree(ConfigSpec config) {
        return RootSection.SECTION.show(config);
    }
}
