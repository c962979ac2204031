package dev.chandlery.bench;

import dev.chandlery.bench.copy.server.RegistryKind;
import dev.chandlery.bench.process.ProcFiles;
import dev.chandlery.bench.publish.PublishMeasurement;
import dev.chandlery.bench.publish.PublishReport;
import dev.chandlery.bench.publish.stock.ReleaseFiles;
import dev.chandlery.bench.publish.stock.ToolRelease;
import dev.chandlery.bench.report.Setup;
import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.state.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bench/run publish}. */
@Command(name = "publish", mixinStandardHelpOptions = true, description = {
        "Measure publisher --tool all: twenty tools of a GitHub on this machine, to a registry, both behind a slow network.",
        "Beside it what it cannot be faster than: downloading everything, and uploading everything, alone."})
final class PublishBench implements Callable<Integer> {
    private static final Path CHECKOUT = Path.of(System.getProperty("chandlery.checkout", "."));

    private final Console console;

    @Mixin
    private PublishRunOptions options = new PublishRunOptions();

    PublishBench(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        RegistryKind.DISTRIBUTION.missing(CHECKOUT).ifPresent(reason -> {
            throw new CommandException(ExitCode.FAILED, "cannot measure publishing: " + reason);
        });
        try {
            Path folder = Files.createTempDirectory(options.folder(), "chandlery-publish");
            try {
                measure(folder);
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

    private void measure(Path folder) throws IOException, InterruptedException {
        List<ToolRelease> tools = ToolRelease.all(options.scale());
        Path own = options.stock();
        Path stock = Files.createDirectories(own != null ? own : folder.resolve("stock"));
        ReleaseFiles files = new ReleaseFiles(stock, tools);
        console.note("making the files of " + tools.size() + " tools in " + stock);
        files.prepare();
        Setup setup = Setup.here();
        setup.facts().put("load before", ProcFiles.line("/proc/loadavg"));
        setup.facts()
                .put("upstream", tools.size() + " tools, " + files.bytes() / (1024 * 1024)
                        + " MiB in " + (files.paths().size() - tools.size()) + " files");
        setup.facts().put("settings", options.settings().toString());
        Path checkout = CHECKOUT;
        try (PublishMeasurement measurement = new PublishMeasurement(console, folder, files,
                tools, options.settings())) {
            try {
                for (String target : options.targets()) {
                    measurement.measure(target, checkout, options.publishers(checkout));
                }
            } finally {
                setup.facts().put("load after", ProcFiles.line("/proc/loadavg"));
                report(new PublishReport(setup, measurement.results()));
            }
        }
    }

    private void report(PublishReport report) throws IOException {
        report.lines().forEach(console.out()::println);
        Path json = options.json();
        if (json != null) {
            Files.writeString(json, report.json() + "\n");
        }
    }
}
