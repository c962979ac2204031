package dev.chandlery.manager.command.config;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.config.ConfigSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code manager config schema}. */
@Command(name = "schema", mixinStandardHelpOptions = true, description = {
        "Print the JSON Schema of registry.yaml.",
        "An editor with a YAML language server uses it by a first line such as",
        "# yaml-language-server: $schema=registry.schema.json"}, footer = {"", "Examples:",
                "  manager config schema > registry.schema.json"})
final class SchemaCommand implements Callable<Integer> {
    private final Console console;

    SchemaCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out().print(ConfigSchema.json());
        console.out().flush();
        return ExitCode.DONE.code();
    }
}
