package dev.chandlery.registry.command;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.registry.SecretTexts;
import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.server.ServerSpec;
import dev.chandlery.config.value.SecretReference;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What registry.yaml says to the commands of this program, if there is one: it is not needed.
 *
 * @param spec of the file; empty when there is none
 * @param folder that the file is in
 * @param environment of the process
 */
record LoadedConfig(Optional<ConfigSpec> spec, Path folder, Map<String, String> environment) {

    /** @throws CommandException when the command line or the environment names a file that is not there */
    static LoadedConfig of(Console console, CommandSpec command) {
        Map<String, String> environment = console.environment();
        Path file;
        try {
            file = GlobalOptions.of(command).configFile(environment);
        } catch (CommandException e) {
            if (isNamed(environment, command)) {
                throw e;
            }
            return new LoadedConfig(Optional.empty(), Path.of("").toAbsolutePath(), environment);
        }
        Path absolute = file.toAbsolutePath();
        Path parent = absolute.getParent();
        return new LoadedConfig(Optional.of(ConfigLoader.load(absolute, environment)),
                parent == null
                        ? absolute
                        : parent, environment);
    }

    private static boolean isNamed(Map<String, String> environment, CommandSpec command) {
        return !environment.getOrDefault(GlobalOptions.CONFIG_VARIABLE, "").isEmpty()
                || command.commandLine().getParseResult().hasMatchedOption("--config")
                || command.root().commandLine().getParseResult().hasMatchedOption("--config");
    }

    Optional<ServerSpec> server() {
        return spec.map(ConfigSpec::registryServer);
    }

    /** Folder of {@code registry_server}, of {@code primary_registry}, else the user's own. */
    Path storage() {
        return server().flatMap(server -> server.storage().folder())
                .or(() -> spec.map(config -> config.primaryRegistry().storage()))
                .orElseGet(this::ofUser);
    }

    /**
     * The same that registry.yaml has by default: {@code $XDG_DATA_HOME/chandlery/registry}.
     *
     * <p><b>Spec:</b> XDG Base Directory Specification: relative paths are ignored.
     */
    private Path ofUser() {
        Path data = Path.of(environment.getOrDefault("XDG_DATA_HOME", ""));
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        return (data.isAbsolute() ? data : home.resolve(".local/share")).resolve(
                "chandlery/registry");
    }

    /** @throws CommandException when it is not where the reference says */
    String secret(String key, SecretReference reference) {
        try {
            return new SecretTexts(environment, folder).read(reference);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, "cannot read registry_server." + key + ": "
                    + e.getMessage());
        }
    }

    /** Nothing of the environment. */
    @Override
    public String toString() {
        return "configuration in " + folder;
    }
}
