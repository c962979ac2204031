package dev.chandlery.publisher.command;

import picocli.CommandLine.Command;

/** The command {@code publisher import}. */
@Command(name = "import", subcommands = ImportAquaCommand.class, description = "Makes entries of registry.yaml from other catalogues of tools.", synopsisSubcommandLabel = "COMMAND", mixinStandardHelpOptions = true, footer = {
        "", "Examples:", "  publisher import aqua cli/cli --from ../aqua-registry"})
public final class ImportCommand {}
