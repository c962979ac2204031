package dev.chandlery.bench;

import dev.chandlery.bench.process.ProcFiles;
import dev.chandlery.bench.report.Setup;
import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.state.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A measurement of whole processes, in a folder of its own that is removed at the end. */
abstract class ProcessBench implements Callable<Integer> {
    private final Console console;
    private final String what;

    @Mixin
    private ProcessRunOptions runs = new ProcessRunOptions();

    /** @param what is measured, in one word */
    ProcessBench(Console console, String what) {
        this.console = console;
        this.what = what;
    }

    /** Why it cannot be measured here; empty when it can. */
    abstract Optional<String> missing();

    /** Puts what there is to know about the measurement into the setup, measures, and reports. */
    abstract void measure(Path folder, Setup setup) throws IOException, InterruptedException;

    final Console console() {
        return console;
    }

    final ProcessRunOptions runs() {
        return runs;
    }

    @Override
    public final Integer call() {
        missing().ifPresent(reason -> {
            throw new CommandException(ExitCode.FAILED, "cannot measure " + what + ": " + reason);
        });
        try {
            Path folder = Files.createTempDirectory(runs.folder(), "chandlery-" + what);
            try {
                Setup setup = Setup.here();
                setup.facts().put("load before", ProcFiles.line("/proc/loadavg"));
                measure(folder, setup);
            } finally {
                WorkFolder.remove(folder);
            }
            return ExitCode.DONE.code();
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILED, "cannot measure: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED.code();
        }
    }

    /** Prints the lines, and writes the samples where they are wanted. */
    final void report(List<String> lines, String json) throws IOException {
        lines.forEach(console.out()::println);
        Path file = runs.json();
        if (file != null) {
            Files.writeString(file, json + "\n");
        }
    }
}
