package dev.chandlery.publisher.command;

import picocli.CommandLine.Command;

/** {@code publisher drift}, which only has subcommands. */
@Command(name = "drift", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND", subcommands = {
        DriftListCommand.class,
        DriftCheckCommand.class}, description = "Files that upstream changed after they were published.", footer = {
                "", "Examples:", "  publisher drift list", "  publisher drift check protoc"})
final class DriftCommand {}
