package dev.chandlery.bench;

import dev.chandlery.cli.Program;
import picocli.CommandLine.Command;

/** The program behind {@code bench/run}. */
@Command(name = "bench/run", mixinStandardHelpOptions = true, description = "Measures servers side by side.", subcommands = {
        RegistryBench.class, CopyBench.class, PublishBench.class, HttpServersBench.class})
public final class BenchProgram {
    private BenchProgram() {}

    /** Runs the program and ends the process with its exit code. */
    public static void main(String... args) {
        Program.main(BenchProgram.class, args);
    }
}
