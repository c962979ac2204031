package dev.chandlery.bench;

import dev.chandlery.bench.report.Goal;
import dev.chandlery.bench.report.JsonReport;
import dev.chandlery.bench.report.TextReport;
import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** One call of a benchmark: its folder, its measurement, its report. */
record Session(RunOptions options, Console console, List<String> references, List<Goal> goals) {

    /** What is measured. */
    @FunctionalInterface
    interface Plan {
        void run(Measurement measurement) throws IOException, InterruptedException;
    }

    int run(Plan plan) {
        try {
            Path given = options.folder();
            if (given != null) {
                measure(Files.createDirectories(given).toRealPath(), plan);
                return ExitCode.DONE.code();
            }
            Path own = Files.createTempDirectory("chandlery-bench");
            try {
                measure(own, plan);
            } finally {
                remove(own);
            }
            return ExitCode.DONE.code();
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILED, "cannot measure: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED.code();
        }
    }

    private void measure(Path folder, Plan plan) throws IOException, InterruptedException {
        try (Measurement measurement = new Measurement(options, console, folder)) {
            try {
                plan.run(measurement);
            } finally {
                // What was measured until something went wrong is of use, too.
                report(measurement);
            }
        }
    }

    private void report(Measurement measurement) throws IOException {
        measurement.setup()
                .facts()
                .put("rounds", options.rounds() + " of " + options.time().toSeconds()
                        + " s each, in turns, after " + options.warmUp().toSeconds()
                        + " s of warm-up");
        new TextReport(measurement.setup(), measurement.results(), goals, references).lines()
                .forEach(console.out()::println);
        Path json = options.json();
        if (json != null) {
            Files.writeString(json, new JsonReport(measurement.setup(), measurement.results(),
                    goals).text() + "\n");
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
