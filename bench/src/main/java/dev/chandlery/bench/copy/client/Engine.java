package dev.chandlery.bench.copy.client;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Our copy engine by a small program of the benchmark: what is left of {@code manager migrate} without its
 * reading of options, its report, and the cache from which its JVM starts.
 */
public record Engine(int jobs, String javaOptions) implements CommandClient {
    /** As the launcher of {@code manager migrate} has it. */
    private static final List<String> LATE_OPTIMISATION = List.of(
            "-XX:Tier4InvocationThreshold=100000", "-XX:Tier4MinInvocationThreshold=100000",
            "-XX:Tier4CompileThreshold=200000", "-XX:Tier4BackEdgeThreshold=400000");

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public String version() {
        return "the copy engine alone, one process, " + jobs + " jobs, " + javaOptions;
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public Role role() {
        return Role.OURS;
    }

    @Override
    public List<String> command(CopyTask task, Path folder) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"),
                "bin/java").toString(), "-XX:+UseSerialGC", "-XX:-UsePerfData"));
        command.addAll(LATE_OPTIMISATION);
        command.addAll(List.of(javaOptions.split(" ", -1)));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), EngineProgram.class
                .getName(), task.source().toString(), task.target().toString(), task.stock()
                        .prefix() + "/", Integer.toString(jobs)));
        return command;
    }
}
