package dev.chandlery.bench.copy.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Our copy engine by a small program of the benchmark: what is left of {@code manager migrate} without its
 * reading of options, its report, and the cache from which its JVM starts.
 *
 * @param checkout the folder of the whole project, built
 * @param javaOptions for its JVM beside those of the manager's launcher
 */
public record Engine(Path checkout, int jobs, String javaOptions) implements CommandClient {

    /** Its third line has those of the subcommands that run longer. */
    private Path launcherOptions() {
        return checkout.resolve("dist/target/chandlery/lib/manager.options");
    }

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
        return Files.isReadable(launcherOptions())
                ? Optional.empty()
                : Optional.of("the options of manager migrate are not built");
    }

    @Override
    public Role role() {
        return Role.OURS;
    }

    @Override
    public List<String> command(CopyTask task, Path folder) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(List.of(Files.readAllLines(launcherOptions()).get(2).split(" ")));
        command.addAll(List.of(javaOptions.split(" ", -1)));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), EngineProgram.class
                .getName(), task.source().toString(), task.target().toString(), task.stock()
                        .prefix() + "/", Integer.toString(jobs)));
        return command;
    }
}
