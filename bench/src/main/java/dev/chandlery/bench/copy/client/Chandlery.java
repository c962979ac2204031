package dev.chandlery.bench.copy.client;

import dev.chandlery.bench.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Ours, {@code manager migrate}, by its launcher with a heap that is small for every load.
 *
 * @param checkout the folder of the whole project, built
 * @param javaOptions for its JVM beside those of the launcher
 */
public record Chandlery(String name, Path checkout, int jobs,
        String javaOptions) implements CommandClient {

    private Path launcher() {
        return checkout.resolve("dist/target/chandlery/bin/manager");
    }

    @Override
    public String version() throws InterruptedException {
        return new Tool(launcher()).run("--version").lines().findFirst().orElse("")
                + ", one process, --jobs " + jobs + ", " + javaOptions;
    }

    @Override
    public Optional<String> missing() throws InterruptedException {
        if (!Files.isExecutable(launcher())) {
            return Optional.of("it is not built: run mvn -q -pl bench -am package -DskipTests");
        }
        return new Tool(launcher()).run("migrate", "--help").contains("--include")
                ? Optional.empty()
                : Optional.of("it knows no migrate");
    }

    @Override
    public Role role() {
        return Role.OURS;
    }

    @Override
    public List<String> command(CopyTask task, Path folder) throws IOException {
        Path config = Files.writeString(folder.resolve("registry.yaml"),
                "primary_registry: {url: embedded, namespace: bench, storage: none}\n");
        return List.of("env", "CHANDLERY_JAVA_OPTS=" + javaOptions, launcher().toString(),
                "migrate", "--config", config.toString(), "--from", task.source().toString(),
                "--to", task.target().toString(), "--include", task.stock().prefix() + "/*",
                "--jobs", Integer.toString(jobs), "-o", "json");
    }
}
