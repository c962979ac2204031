package dev.chandlery.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every measurement of whole processes is told. */
final class ProcessRunOptions {
    private static final Path MEMORY = Path.of("/dev/shm");

    @Option(names = "--rounds", defaultValue = "3", description = "How often each is measured, in turn; default: ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--limit", defaultValue = "300", paramLabel = "SECONDS", description = "Longest time of one run; default: ${DEFAULT-VALUE}.")
    private int limit = 300;

    @Option(names = "--java-options", defaultValue = "-Xmx256m", paramLabel = "OPTIONS", description = "For the JVM of ours; default: ${DEFAULT-VALUE}.")
    private String javaOptions = "-Xmx256m";

    @Option(names = "--checkout", paramLabel = "NAME=DIR", description = "Ours once more under that name, from another checkout of it that is built.")
    private Map<String, Path> checkouts = new LinkedHashMap<>();

    @Option(names = "--folder", paramLabel = "DIR", description = "Where registries and programs put what they store, in a folder that is made and removed. Default: in memory, where /dev/shm is, so that no disk is measured.")
    private @Nullable Path folder;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all samples there, too.")
    private @Nullable Path json;

    /** The folder of the whole project. */
    static Path checkout() {
        return Path.of(System.getProperty("chandlery.checkout", "."));
    }

    int rounds() {
        return rounds;
    }

    Duration limit() {
        return Duration.ofSeconds(limit);
    }

    String javaOptions() {
        return javaOptions;
    }

    Map<String, Path> checkouts() {
        return checkouts;
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
