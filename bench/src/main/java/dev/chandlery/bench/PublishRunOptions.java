package dev.chandlery.bench;

import dev.chandlery.bench.publish.PublishMeasurement.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the measurement of the publisher is told. */
final class PublishRunOptions {
    private static final Path MEMORY = Path.of("/dev/shm");
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

    @Option(names = "--rounds", defaultValue = "3", description = "How often each is measured, in turn; default: ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--limit", defaultValue = "300", paramLabel = "SECONDS", description = "Longest time of one run; default: ${DEFAULT-VALUE}.")
    private int limit = 300;

    @Option(names = "--java-options", defaultValue = "-Xmx256m", paramLabel = "OPTIONS", description = "For the publisher's JVM; default: ${DEFAULT-VALUE}.")
    private String javaOptions = "-Xmx256m";

    @Option(names = "--checkout", paramLabel = "NAME=DIR", description = "The publisher once more under that name, from another checkout that is built.")
    private Map<String, Path> checkouts = new LinkedHashMap<>();

    @Option(names = "--only", description = "Nothing but the floors and what --checkout names.")
    private boolean only;

    @Option(names = "--folder", paramLabel = "DIR", description = "Where registries and publishers put what they store. Default: in memory, where /dev/shm is.")
    private @Nullable Path folder;

    @Option(names = "--stock", paramLabel = "DIR", description = "Where upstream's files are made, and found again by the next measurement. Default: below --folder, for this one alone.")
    private @Nullable Path stock;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all samples there, too.")
    private @Nullable Path json;

    List<String> targets() {
        return targets;
    }

    double scale() {
        return scale;
    }

    Map<String, Path> publishers(Path own) {
        Map<String, Path> all = new LinkedHashMap<>();
        if (!only) {
            all.put("chandlery", own);
        }
        all.putAll(checkouts);
        return all;
    }

    Settings settings() {
        return new Settings(rounds, connections, new Settings.Network(Duration.ofMillis(roundTrip),
                (long) (rate * MIB)), javaOptions, Duration.ofSeconds(limit));
    }

    Path folder() {
        if (folder != null) {
            return folder;
        }
        return Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    }

    @Nullable
    Path stock() {
        return stock;
    }

    @Nullable
    Path json() {
        return json;
    }
}
