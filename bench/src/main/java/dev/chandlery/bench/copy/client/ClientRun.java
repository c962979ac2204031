package dev.chandlery.bench.copy.client;

import dev.chandlery.bench.process.ProcFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * How a client's process went.
 *
 * @param seconds from its start to its end
 * @param cpuSeconds of it and its children
 * @param peakBytes most memory that it and its children had resident at a time, looked at every few
 *        milliseconds; 0 when it is no process of its own
 */
public record ClientRun(double seconds, double cpuSeconds, long peakBytes) {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int LOOK_MILLIS = 40;
    private static final int SHOWN_CHARACTERS = 2000;

    /**
     * Runs the command to its end.
     *
     * @param folder where its output is left, in the file {@code output}
     * @throws IOException when it fails, or takes longer than the limit, after which it is ended
     */
    public static ClientRun of(List<String> command, Path folder, Duration limit)
            throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile());
        // No client finds credentials, or settings that make it another one.
        builder.environment().put("DOCKER_CONFIG", folder.toString());
        double before = ProcFiles.endedChildrenSeconds();
        long begin = System.nanoTime();
        Process process = builder.start();
        AtomicLong peak = new AtomicLong();
        Thread looking = Thread.ofPlatform().daemon().start(() -> look(process, peak));
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        double seconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
        if (!ended) {
            end(process);
            throw new IOException("it did not end in " + limit.toSeconds() + " s");
        }
        looking.join();
        if (process.exitValue() != 0) {
            String printed = Files.readString(output);
            throw new IOException("it failed: " + printed.substring(Math.max(0, printed.length()
                    - SHOWN_CHARACTERS)));
        }
        return new ClientRun(seconds, ProcFiles.endedChildrenSeconds() - before, peak.get());
    }

    private static void look(Process process, AtomicLong peak) {
        try {
            do {
                long now = ProcFiles.residentBytes(Stream.concat(Stream.of(process.pid()), process
                        .descendants()
                        .map(ProcessHandle::pid)).toList());
                peak.accumulateAndGet(now, Math::max);
            } while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(Process process) throws InterruptedException {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process
                .toHandle())).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
    }
}
