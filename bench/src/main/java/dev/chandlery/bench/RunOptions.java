package dev.chandlery.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What both benchmarks are told. */
final class RunOptions {
    @Option(names = "--loads", split = ",", paramLabel = "LOAD", description = "Only loads whose names begin so; default: all.")
    private List<String> loads = List.of();

    @Option(names = "--servers", split = ",", paramLabel = "SERVER", description = "Only servers of these names; default: all.")
    private List<String> servers = List.of();

    @Option(names = "--rounds", defaultValue = "5", description = "How often each server is measured under each load, in turn; default: ${DEFAULT-VALUE}.")
    private int rounds = 5;

    @Option(names = "--seconds", defaultValue = "4", description = "How long each measurement takes; default: ${DEFAULT-VALUE}.")
    private int seconds = 4;

    @Option(names = "--warm-up", defaultValue = "10", paramLabel = "SECONDS", description = "How long each server works under a load before it is measured; default: ${DEFAULT-VALUE}.")
    private int warmUp = 10;

    @Option(names = "--folder", paramLabel = "DIR", description = "Where servers put what they store; it stays there, and is used again. Default: a folder that is made and removed. It should be on a disk.")
    private @Nullable Path folder;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all samples there, too.")
    private @Nullable Path json;

    boolean wantsLoad(String name) {
        return loads.isEmpty() || loads.stream().anyMatch(name::startsWith);
    }

    boolean wantsServer(String name) {
        return servers.isEmpty() || servers.contains(name);
    }

    int rounds() {
        return rounds;
    }

    Duration time() {
        return Duration.ofSeconds(seconds);
    }

    Duration warmUp() {
        return Duration.ofSeconds(warmUp);
    }

    @Nullable
    Path folder() {
        return folder;
    }

    @Nullable
    Path json() {
        return json;
    }
}
