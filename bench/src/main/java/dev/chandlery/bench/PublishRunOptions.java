package dev.chandlery.bench;

import dev.chandlery.bench.publish.PublishMeasurement.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the measurement of the publisher is told. */
final class PublishRunOptions {
    private static final long MIB = 1024L * 1024;

    @Option(names = "--targets", split = ",", defaultValue = "distribution,embedded", paramLabel = "TARGET", description = "Of distribution, embedded; default: both.")
    private List<String> targets = List.of();

    @Option(names = "--scale", defaultValue = "0.5", description = "Part of the files' whole size of 1 to 60 MiB; default: ${DEFAULT-VALUE}.")
    private double scale = 0.5;

    @Option(names = "--round-trip", defaultValue = "20", paramLabel = "MILLIS", description = "To upstream and to the registry; default: ${DEFAULT-VALUE}.")
    private int roundTrip = 20;

    @Option(names = "--rate", defaultValue = "4", paramLabel = "MIB", description = "Most MiB a second on each connection, either way; default: ${DEFAULT-VALUE}.")
    private double rate = 4;

    @Option(names = "--connections", defaultValue = "8", description = "To upstream and to the registry, each: --parallel of the publisher; default: ${DEFAULT-VALUE}.")
    private int connections = 8;

    @Option(names = "--only", description = "Nothing but the floors and what --checkout names.")
    private boolean only;

    @Option(names = "--stock", paramLabel = "DIR", description = "Where upstream's files are made, and found again by the next measurement. Default: below --folder, for this one alone.")
    private @Nullable Path stock;

    List<String> targets() {
        return targets;
    }

    double scale() {
        return scale;
    }

    Map<String, Path> publishers(ProcessRunOptions runs) {
        Map<String, Path> all = new LinkedHashMap<>();
        if (!only) {
            all.put("chandlery", ProcessRunOptions.checkout());
        }
        all.putAll(runs.checkouts());
        return all;
    }

    Settings settings(ProcessRunOptions runs) {
        return new Settings(runs.rounds(), connections, new Settings.Network(Duration.ofMillis(
                roundTrip),
                (long) (rate * MIB)), runs.javaOptions(), runs.limit());
    }

    @Nullable
    Path stock() {
        return stock;
    }
}
