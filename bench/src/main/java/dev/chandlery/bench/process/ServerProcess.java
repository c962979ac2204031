package dev.chandlery.bench.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server that we started; it ends by {@link #close}, or with us, by its own process id. */
public final class ServerProcess implements AutoCloseable {
    private static final int STOP_SECONDS = 25;

    private final Process process;

    private ServerProcess(Process process) {
        this.process = process;
    }

    /** Starts it; what it prints goes to the file. */
    public static ServerProcess start(List<String> command, Map<String, String> environment,
            Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return new ServerProcess(process);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** CPU seconds that it and its children used so far, in user and kernel mode. */
    public double cpuSeconds() {
        return all().mapToDouble(ProcFiles::cpuSeconds).sum();
    }

    /** Memory that it and its children hold. */
    public Memory memory() {
        return all().map(ProcFiles::memory).reduce(Memory.NONE, Memory::plus);
    }

    /** From now on {@link Memory#peak} counts anew. */
    public void resetPeak() throws IOException {
        for (long pid : all().toList()) {
            Files.writeString(Path.of("/proc/" + pid + "/clear_refs"), "5");
        }
    }

    private Stream<Long> all() {
        return Stream.concat(Stream.of(process.pid()), process.toHandle()
                .descendants()
                .map(ProcessHandle::pid));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
