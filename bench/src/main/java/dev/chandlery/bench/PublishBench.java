package dev.chandlery.bench;

import dev.chandlery.bench.copy.server.RegistryKind;
import dev.chandlery.bench.process.ProcFiles;
import dev.chandlery.bench.publish.PublishMeasurement;
import dev.chandlery.bench.publish.PublishMeasurement.Settings;
import dev.chandlery.bench.publish.PublishReport;
import dev.chandlery.bench.publish.stock.ReleaseFiles;
import dev.chandlery.bench.publish.stock.ToolRelease;
import dev.chandlery.bench.report.Setup;
import dev.chandlery.cli.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bench/run publish}. */
@Command(name = "publish", mixinStandardHelpOptions = true, description = {
        "Measure publisher --tool all: twenty tools of a GitHub on this machine, to a registry, both behind a slow network.",
        "Beside it what it cannot be faster than: downloading everything, and uploading everything, alone."})
final class PublishBench extends ProcessBench {
    @Mixin
    private PublishRunOptions options = new PublishRunOptions();

    PublishBench(Console console) {
        super(console, "publishing");
    }

    @Override
    Optional<String> missing() {
        return RegistryKind.DISTRIBUTION.missing(ProcessRunOptions.checkout());
    }

    @Override
    void measure(Path folder, Setup setup) throws IOException, InterruptedException {
        List<ToolRelease> tools = ToolRelease.all(options.scale());
        Path own = options.stock();
        Path stock = Files.createDirectories(own != null ? own : folder.resolve("stock"));
        ReleaseFiles files = new ReleaseFiles(stock, tools);
        console().note("making the files of " + tools.size() + " tools in " + stock);
        files.prepare();
        Settings settings = options.settings(runs());
        setup.facts()
                .put("upstream", tools.size() + " tools, " + files.bytes() / (1024 * 1024)
                        + " MiB in " + (files.paths().size() - tools.size()) + " files");
        setup.facts().put("settings", settings.toString());
        try (PublishMeasurement measurement = new PublishMeasurement(console(), folder, files,
                tools, settings)) {
            try {
                for (String target : options.targets()) {
                    measurement.measure(target, ProcessRunOptions.checkout(), options.publishers(
                            runs()));
                }
            } finally {
                setup.facts().put("load after", ProcFiles.line("/proc/loadavg"));
                PublishReport report = new PublishReport(setup, measurement.results());
                report(report.lines(), report.json());
            }
        }
    }
}
