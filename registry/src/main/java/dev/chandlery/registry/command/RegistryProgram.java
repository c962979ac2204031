package dev.chandlery.registry.command;

import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.Program;
import dev.chandlery.cli.ProgramVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The program {@code registry}. */
@Command(name = "registry", description = "The OCI registry of this house.", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class, subcommands = {
        ServeCommand.class, TokenCommand.class, GcCommand.class, RetentionCommand.class,
        FsckCommand.class,
        ScrubCommand.class}, footer = {"", "Examples:", "  registry serve --listen 127.0.0.1:5000",
                "  registry gc --dry-run",
                "  registry token create ci --scope oci:repository:tools/**:pull"})
public final class RegistryProgram {
    @Mixin
    private GlobalOptions global = new GlobalOptions();

    /** Runs the program and ends the process with its exit code. */
    public static void main(String... args) {
        Program.main(RegistryProgram.class, args);
    }

    GlobalOptions global() {
        return global;
    }
}
