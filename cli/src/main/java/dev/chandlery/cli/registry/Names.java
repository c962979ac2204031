package dev.chandlery.cli.registry;

import dev.chandlery.config.ConfigSpec;

/** Names that a command line may have, for messages. */
public final class Names {

    private Names() {}

    /** Tools and bundles of registry.yaml. */
    public static String of(ConfigSpec config) {
        String tools = String.join(", ", config.publishing().tools().keySet());
        return config.bundles().isEmpty()
                ? tools
                : (tools.isEmpty() ? "" : tools + " and ") + "the bundles " + String.join(", ",
                        config.bundles().keySet());
    }
}
