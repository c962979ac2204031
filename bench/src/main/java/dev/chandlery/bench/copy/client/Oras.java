package dev.chandlery.bench.copy.client;

import dev.chandlery.bench.copy.stock.Item.Document;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code oras cp -r}, which copies one tag with what is attached to it in a process.
 *
 * @param processes at a time
 */
public record Oras(int concurrency, int processes) implements CommandClient {
    private static final String PROGRAM = "oras";

    @Override
    public String name() {
        return PROGRAM + "-x" + processes;
    }

    @Override
    public String version() throws InterruptedException {
        return PROGRAM + " " + Programs.find(PROGRAM)
                .orElseThrow()
                .run("version")
                .lines()
                .findFirst()
                .orElse("")
                .replaceAll("Version: *", "") + ", a process for each tag, " + processes
                + " at a time, --concurrency " + concurrency;
    }

    @Override
    public Optional<String> missing() {
        return Programs.missing(PROGRAM);
    }

    @Override
    public Role role() {
        return Role.MANY_PROCESSES;
    }

    @Override
    public List<String> command(CopyTask task, Path folder) throws IOException {
        List<String> lines = task.stock()
                .roots()
                .stream()
                .filter(root -> !root.isFallback())
                .map(root -> line(task, root))
                .toList();
        return Programs.each(processes, folder.resolve("tags"), lines, List.of(Programs.find(
                PROGRAM).orElseThrow().file().toString(), "cp", "--recursive", "--no-tty",
                "--from-plain-http", "--to-plain-http", "--concurrency", Integer.toString(
                        concurrency)));
    }

    private static String line(CopyTask task, Document root) {
        String name = "/" + root.repository() + ":" + root.name();
        return task.source() + name + " " + task.target() + name;
    }
}
