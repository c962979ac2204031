package dev.chandlery.manager.command;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.registry.Names;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.tool.ToolSpec;
import java.util.Optional;

/** Tools as they are named on the command line. */
final class Tools {

    private Tools() {}

    /** @throws CommandException when registry.yaml has no such tool */
    static ToolSpec require(ConfigSpec config, String name) {
        return Optional.ofNullable(config.publishing().tools().get(name))
                .orElseThrow(
                        () -> new CommandException(ExitCode.USAGE, "no such tool in " + config
                                .file() + ": " + name, "it has " + Names.of(config)));
    }
}
