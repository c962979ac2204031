package dev.chandlery.scheduler.process;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.Program;
import dev.chandlery.scheduler.command.SchedulerCommand;
import dev.chandlery.scheduler.command.SchedulerProgram;
import dev.chandlery.testkit.Signals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** {@code scheduler} as a process of its own, whose output goes into a file. */
final class SchedulerProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 90;

    private final Process process;
    private final Path log;

    private SchedulerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** With the configuration in that folder. */
    static SchedulerProcess start(Path folder, String name, String... arguments)
            throws IOException {
        return start(folder, name, SchedulerProgram.class, arguments);
    }

    /** Another program, in the same way. */
    static SchedulerProcess start(Path folder, String name, Class<?> program,
            String... arguments) throws IOException {
        Path log = folder.resolve(name + ".log");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"),
                "bin", "java").toString(), "-Xmx192m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir="
                        + Files.createDirectories(folder.resolve("tmp")), "-cp", System.getProperty(
                                "java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--config", folder.resolve("registry.yaml").toString()));
        ProcessBuilder builder = new ProcessBuilder(Signals.heedingInterrupts(command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return new SchedulerProcess(builder.start(), log);
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    SchedulerProcess await(String text) {
        await(() -> log().contains(text), text);
        return this;
    }

    void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("expected " + what + ", got " + log());
            }
            try {
                process.waitFor(50, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Sends it that signal; the exit code. */
    int signal(String name) throws IOException, InterruptedException {
        Signals.send(process, name);
        return end();
    }

    int end() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("did not end: " + log());
        }
        return process.exitValue();
    }

    /** What a command of {@code scheduler} prints, in this process. */
    static String ask(Path folder, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", folder.resolve("registry.yaml").toString()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        int code = new Program(Console.plain(stream, stream, Map.of("HOME", folder.toString())),
                SchedulerCommand.class).run(all.toArray(String[]::new));
        return out.toString(StandardCharsets.UTF_8) + "exit code " + code;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
