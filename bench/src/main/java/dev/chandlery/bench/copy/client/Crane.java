package dev.chandlery.bench.copy.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * crane, which copies one repository in a process: with many jobs, one repository after the other or some at
 * a time.
 *
 * @param processes at a time
 */
public record Crane(int jobs, int processes) implements CommandClient {
    private static final String PROGRAM = "crane";

    @Override
    public String name() {
        return processes == 1 ? PROGRAM : PROGRAM + "-x" + processes;
    }

    @Override
    public String version() throws InterruptedException {
        return PROGRAM + " " + Programs.find(PROGRAM).orElseThrow().run("version").strip()
                + ", a process for each repository, " + processes + " at a time, --jobs " + jobs;
    }

    @Override
    public Optional<String> missing() {
        return Programs.missing(PROGRAM);
    }

    @Override
    public Role role() {
        return processes == 1 ? Role.ONE_PROCESS : Role.MANY_PROCESSES;
    }

    @Override
    public List<String> command(CopyTask task, Path folder) throws IOException {
        List<String> lines = task.stock()
                .repositories()
                .stream()
                .map(r -> task.source() + "/" + r + " " + task.target() + "/" + r)
                .toList();
        return Programs.each(processes, folder.resolve("repositories"), lines, List.of(Programs
                .find(PROGRAM)
                .orElseThrow()
                .file()
                .toString(), "copy", "--all-tags", "--jobs", Integer.toString(jobs)));
    }
}
