package dev.chandlery.publisher.command;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.tool.ToolSpec;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** Tools that a command looks at. */
final class ToolsOption {
    private static final String ALL = "all";

    @Option(names = "--tool", paramLabel = "NAME", split = ",", description = "Tools of registry.yaml, or all (the default).")
    private List<String> names = List.of(ALL);

    /** @throws CommandException when registry.yaml has no such tool */
    List<ToolSpec> tools(ConfigSpec config) {
        SortedMap<String, ToolSpec> all = config.publishing().tools();
        if (names.contains(ALL)) {
            return List.copyOf(all.values());
        }
        TreeSet<String> unknown = new TreeSet<>(names);
        unknown.removeAll(all.keySet());
        if (!unknown.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "no such tool in " + config.file() + ": "
                    + String.join(", ", unknown), "it has " + String.join(", ", all.keySet()));
        }
        return all.values().stream().filter(tool -> names.contains(tool.name())).toList();
    }
}
