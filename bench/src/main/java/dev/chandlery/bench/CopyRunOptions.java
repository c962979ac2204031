package dev.chandlery.bench;

import dev.chandlery.bench.copy.CopyMeasurement;
import dev.chandlery.bench.copy.client.CopyTask.State;
import dev.chandlery.bench.copy.server.RegistryKind;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** What the measurement of copies is told. */
final class CopyRunOptions {
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

    @Option(names = "--jobs", defaultValue = "32", description = "Connections or jobs that each process may use; default: ${DEFAULT-VALUE}.")
    private int jobs = 32;

    @Option(names = "--processes", defaultValue = "8", description = "Processes at a time of clients that copy with several; default: ${DEFAULT-VALUE}.")
    private int processes = 8;

    @Option(names = "--source", defaultValue = "distribution", paramLabel = "REGISTRY", description = "Which registry is copied from: distribution, chandlery (ours); default: ${DEFAULT-VALUE}.")
    private RegistryKind source = RegistryKind.DISTRIBUTION;

    @Option(names = "--target", defaultValue = "distribution", paramLabel = "REGISTRY", description = "Which registry is copied to; default: ${DEFAULT-VALUE}.")
    private RegistryKind target = RegistryKind.DISTRIBUTION;

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

    CopyMeasurement.Settings settings(ProcessRunOptions runs) {
        Set<State> states = onlyEmpty ? EnumSet.of(State.EMPTY) : EnumSet.allOf(State.class);
        return new CopyMeasurement.Settings(runs.rounds(), roundTrips, states, runs.limit(),
                source, target, ProcessRunOptions.checkout());
    }

    /** Why its registries cannot be used here; empty when they can. */
    Optional<String> missing() {
        Path checkout = ProcessRunOptions.checkout();
        return source.missing(checkout).or(() -> target.missing(checkout));
    }

    /** Which registries, for the report. */
    String registries() {
        return source + " to " + target;
    }
}
