package dev.chandlery.bench;

import dev.chandlery.bench.copy.CopyMeasurement;
import dev.chandlery.bench.copy.client.Chandlery;
import dev.chandlery.bench.copy.client.CopyClient;
import dev.chandlery.bench.copy.client.Crane;
import dev.chandlery.bench.copy.client.Engine;
import dev.chandlery.bench.copy.client.Floor;
import dev.chandlery.bench.copy.client.Oras;
import dev.chandlery.bench.copy.client.Regsync;
import dev.chandlery.bench.copy.client.Skopeo;
import dev.chandlery.bench.copy.report.CopyReport;
import dev.chandlery.bench.copy.stock.Stock;
import dev.chandlery.bench.copy.stock.Stocks;
import dev.chandlery.bench.process.ProcFiles;
import dev.chandlery.bench.report.Setup;
import dev.chandlery.cli.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bench/run copy}. */
@Command(name = "copy", mixinStandardHelpOptions = true, description = {
        "Measure copies between two registries (Debian's docker-registry, or ours) by manager migrate, by other clients, and by a program that sends only what must be sent.",
        "Each copies into an empty target, then with nothing to do, then with one tag changed. Clients that are not installed are left out."})
final class CopyBench extends ProcessBench {
    private static final String OURS = "chandlery";

    @Mixin
    private CopyRunOptions options = new CopyRunOptions();

    CopyBench(Console console) {
        super(console, "copies");
    }

    @Override
    Optional<String> missing() {
        return options.missing();
    }

    @Override
    void measure(Path folder, Setup setup) throws IOException, InterruptedException {
        setup.facts().put("scale", Double.toString(options.scale()));
        setup.facts().put("registries", options.registries());
        setup.facts().put("folder", runs().folder().toString());
        CopyMeasurement measurement = new CopyMeasurement(console(), folder, present(setup), options
                .settings(runs()));
        try {
            for (Stock stock : Stocks.of(options.scale())) {
                if (options.wantsLoad(stock.name())) {
                    setup.facts().put(stock.name(), stock.what());
                    measurement.measure(stock);
                }
            }
        } finally {
            // What was measured until something went wrong is of use, too.
            setup.facts().put("load after", ProcFiles.line("/proc/loadavg"));
            CopyReport report = new CopyReport(setup, measurement.results(), OURS, new Crane(options
                    .jobs(), options.processes()).name());
            report(report.lines(), report.json());
        }
    }

    private List<CopyClient> present(Setup setup) throws InterruptedException {
        List<CopyClient> present = new ArrayList<>();
        for (CopyClient client : all()) {
            if (!options.wantsClient(client.name())) {
                continue;
            }
            if (client.missing().isPresent()) {
                setup.left().put(client.name(), client.missing().get());
                console().note(client.name() + " is left out: " + client.missing().get());
                continue;
            }
            setup.versions().put(client.name(), client.version());
            present.add(client);
        }
        return present;
    }

    private List<CopyClient> all() {
        int jobs = options.jobs();
        int processes = options.processes();
        Path checkout = ProcessRunOptions.checkout();
        List<CopyClient> all = new ArrayList<>(List.of(new Chandlery(OURS, checkout, jobs, runs()
                .javaOptions()), new Engine(checkout, jobs, runs().javaOptions()), new Floor(jobs),
                new Crane(jobs, 1), new Crane(jobs, processes),
                new Regsync(jobs), new Skopeo(1), new Skopeo(processes), new Oras(jobs,
                        processes)));
        runs().checkouts()
                .forEach((name, other) -> all.add(new Chandlery(name, other, jobs, runs()
                        .javaOptions())));
        return all;
    }
}
