package dev.chandlery.registry.command;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.registry.server.StorageSettings;
import dev.chandlery.registry.sql.SqliteMetadata;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code --storage} of commands that work on storage which is there already. */
final class StorageOption {

    @Option(names = "--storage", paramLabel = "DIR", description = "Folder of the content; default: the storage of registry.yaml's primary_registry, else $XDG_DATA_HOME/chandlery/registry.")
    private @Nullable Path storage;

    /**
     * Opens it; a registry may serve it meanwhile.
     *
     * @throws CommandException when there is none
     */
    OpenStorage open(Console console, CommandSpec command) {
        Path folder = storage != null
                ? storage
                : new StorageFolder(GlobalOptions.of(command), console.environment()).find(
                        namesConfig(command));
        if (!Files.isRegularFile(folder.resolve(SqliteMetadata.FILE_NAME))) {
            throw new CommandException(ExitCode.FAILED, "cannot open registry storage " + folder
                    + ": no registry ever served it",
                    "name the folder that registry serve has with --storage");
        }
        return OpenStorage.of(StorageSettings.inFolder(folder));
    }

    private static boolean namesConfig(CommandSpec command) {
        return command.commandLine().getParseResult().hasMatchedOption("--config")
                || command.root().commandLine().getParseResult().hasMatchedOption("--config");
    }
}
