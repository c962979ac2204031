package dev.chandlery.bench.copy.client;

import dev.chandlery.bench.copy.stock.Item.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code skopeo sync}: all repositories in one process, which takes one tag after the other, or some processes
 * at a time with a repository each.
 *
 * @param processes at a time
 */
public record Skopeo(int processes) implements CommandClient {
    private static final String PROGRAM = "skopeo";

    @Override
    public String name() {
        return processes == 1 ? PROGRAM : PROGRAM + "-x" + processes;
    }

    @Override
    public String version() throws InterruptedException {
        return Programs.find(PROGRAM).orElseThrow().run("--version").strip() + ", sync --all, "
                + (processes == 1
                        ? "one process"
                        : "a process for each repository, " + processes + " at a time")
                + ", without what is attached, which it refuses";
    }

    @Override
    public Optional<String> missing() {
        return Programs.missing(PROGRAM);
    }

    @Override
    public Role role() {
        return processes == 1 ? Role.ONE_PROCESS : Role.MANY_PROCESSES;
    }

    /** It refuses indexes that name an artifact type. */
    @Override
    public boolean copiesReferrers() {
        return false;
    }

    @Override
    public List<String> command(CopyTask task, Path folder) throws IOException {
        List<String> sync = List.of(Programs.find(PROGRAM).orElseThrow().file().toString(),
                "sync", "--all", "--preserve-digests", "--dest-tls-verify=false", "--dest",
                "docker", "--src", "yaml");
        String target = task.target() + "/" + task.stock().prefix();
        List<String> all = task.stock().repositories();
        if (processes == 1) {
            Path file = folder.resolve("sync.yml");
            return Stream.concat(sync.stream(), Stream.of(write(task, all, file).toString(),
                    target)).toList();
        }
        List<String> lines = new ArrayList<>();
        for (String repository : all) {
            Path file = folder.resolve("sync-" + lines.size() + ".yml");
            lines.add(write(task, List.of(repository), file) + " " + target);
        }
        return Programs.each(processes, folder.resolve("files"), lines, sync);
    }

    private static Path write(CopyTask task, List<String> repositories, Path file)
            throws IOException {
        StringBuilder text = new StringBuilder(task.source()
                + ":\n  tls-verify: false\n  images:\n");
        for (String repository : repositories) {
            String tags = task.stock()
                    .roots()
                    .stream()
                    .filter(root -> root.repository().equals(repository) && !root.isFallback())
                    .map(Document::name)
                    .collect(Collectors.joining(", "));
            text.append("    ").append(repository).append(": [").append(tags).append("]\n");
        }
        return Files.writeString(file, text);
    }
}
