package dev.chandlery.bench.copy.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code regsync once} with all repositories in one process. What is attached comes by its fallback tags. */
public record Regsync(int jobs) implements CommandClient {
    private static final String PROGRAM = "regsync";

    @Override
    public String name() {
        return PROGRAM;
    }

    @Override
    public String version() throws InterruptedException {
        return PROGRAM + " " + Programs.find(PROGRAM)
                .orElseThrow()
                .run("version")
                .lines()
                .filter(l -> l.startsWith("VCSTag"))
                .findFirst()
                .orElse("")
                .replaceAll("VCSTag: *", "") + ", one process, parallel " + jobs
                + ", reqConcurrent " + jobs;
    }

    @Override
    public Optional<String> missing() {
        return Programs.missing(PROGRAM);
    }

    @Override
    public Role role() {
        return Role.ONE_PROCESS;
    }

    @Override
    public List<String> command(CopyTask task, Path folder) throws IOException {
        String registry = "  - {registry: \"%s\", tls: disabled, reqConcurrent: " + jobs + "}\n";
        String sync = task.stock()
                .repositories()
                .stream()
                .map(r -> "  - {source: \"" + task.source() + "/" + r + "\", target: \"" + task
                        .target() + "/" + r + "\", type: repository}\n")
                .collect(Collectors.joining());
        Path file = Files.writeString(folder.resolve("regsync.yml"), "version: 1\ncreds:\n"
                + registry.formatted(task.source()) + registry.formatted(task.target())
                + "defaults: {parallel: " + jobs + ", skipDockerConfig: true}\nsync:\n" + sync);
        return List.of(Programs.find(PROGRAM).orElseThrow().file().toString(), "once", "--config",
                file.toString(), "--verbosity", "error");
    }
}
