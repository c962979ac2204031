package dev.chandlery.bench;

import dev.chandlery.bench.copy.CopyMeasurement;
import dev.chandlery.bench.copy.client.CopyTask.State;
import dev.chandlery.bench.copy.server.RegistryKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the measurement of copies is told. */
final class CopyRunOptions {
    private static final Path MEMORY = Path.of("/dev/shm");

    @Option(names = "--loads", split = ",", paramLabel = "LOAD", description = "Only these of tools, tiny and big; default: all.")
    private List<String> loads = List.of();

    @Option(names = "--clients", split = ",", paramLabel = "CLIENT", description = "Only clients of these names; default: all.")
    private List<String> clients = List.of();

    @Option(names = "--scale", defaultValue = "0.1", description = "Part of the loads' whole size; default: ${DEFAULT-VALUE}.")
    private double scale = 0.1;

    @Option(names = "--round-trips", split = ",", defaultValue = "0,20", paramLabel = "MILLIS", description = "Round trips of the network between client and registries; 0: none, not even a proxy. Default: ${DEFAULT-VALUE}.")
    private List<Integer> roundTrips = List.of(0, 20);

    @Option(names = "--only-empty", description = "Only copies into an empty target.")
    private boolean onlyEmpty;

    @Option(names = "--rounds", defaultValue = "3", description = "How often each client is measured, in turn; default: ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--jobs", defaultValue = "32", description = "Connections or jobs that each process may use; default: ${DEFAULT-VALUE}.")
    private int jobs = 32;

    @Option(names = "--processes", defaultValue = "8", description = "Processes at a time of clients that copy with several; default: ${DEFAULT-VALUE}.")
    private int processes = 8;

    @Option(names = "--limit", defaultValue = "300", paramLabel = "SECONDS", description = "Longest time of one copy; default: ${DEFAULT-VALUE}.")
    private int limit = 300;

    @Option(names = "--java-options", defaultValue = "-Xmx256m", paramLabel = "OPTIONS", description = "For the JVM of ours; default: ${DEFAULT-VALUE}.")
    private String javaOptions = "-Xmx256m";

    @Option(names = "--checkout", paramLabel = "NAME=DIR", description = "Ours once more under that name, from another checkout of it that is built.")
    private Map<String, Path> checkouts = new LinkedHashMap<>();

    @Option(names = "--source", defaultValue = "distribution", paramLabel = "REGISTRY", description = "Which registry is copied from: distribution, chandlery (ours); default: ${DEFAULT-VALUE}.")
    private RegistryKind source = RegistryKind.DISTRIBUTION;

    @Option(names = "--target", defaultValue = "distribution", paramLabel = "REGISTRY", description = "Which registry is copied to; default: ${DEFAULT-VALUE}.")
    private RegistryKind target = RegistryKind.DISTRIBUTION;

    @Option(names = "--folder", paramLabel = "DIR", description = "Where registries put what they store, in a folder that is made and removed. Default: in memory, where /dev/shm is, so that no disk is measured.")
    private @Nullable Path folder;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all samples there, too.")
    private @Nullable Path json;

    boolean wantsLoad(String name) {
        return loads.isEmpty() || loads.contains(name);
    }

    boolean wantsClient(String name) {
        return clients.isEmpty() || clients.contains(name);
    }

    double scale() {
        return scale;
    }

    int jobs() {
        return jobs;
    }

    int processes() {
        return processes;
    }

    String javaOptions() {
        return javaOptions;
    }

    Map<String, Path> checkouts() {
        return checkouts;
    }

    CopyMeasurement.Settings settings() {
        Set<State> states = onlyEmpty ? EnumSet.of(State.EMPTY) : EnumSet.allOf(State.class);
        return new CopyMeasurement.Settings(rounds, roundTrips, states, Duration.ofSeconds(limit),
                source, target, checkout());
    }

    /** The folder of the whole project. */
    static Path checkout() {
        return Path.of(System.getProperty("chandlery.checkout", "."));
    }

    /** Why its registries cannot be used here; empty when they can. */
    Optional<String> missing() {
        return source.missing(checkout()).or(() -> target.missing(checkout()));
    }

    /** Which registries, for the report. */
    String registries() {
        return source + " to " + target;
    }

    Path folder() {
        if (folder != null) {
            return folder;
        }
        return Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    }

    @Nullable
    Path json() {
        return json;
    }
}
