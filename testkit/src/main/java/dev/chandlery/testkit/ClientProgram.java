package dev.chandlery.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program of others, run with a time limit and without anything of this machine's user: its home and
 * temporary folder are in a folder that goes away when this is closed.
 */
public final class ClientProgram implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path program;
    private final TemporaryFolder home = TemporaryFolder.create();

    ClientProgram(Path program) {
        this.program = program;
    }

    /**
     * What became of a run.
     *
     * @param exitCode of the program
     */
    public record Outcome(String command, int exitCode, String stdout, String stderr) {

        /** Fails the test when the program did. */
        public Outcome requireSuccess() {
            if (exitCode != 0) {
                throw new AssertionError(command + " ended with " + exitCode + ": " + stderr);
            }
            return this;
        }
    }

    /** Its home, which is also the folder that it runs in. */
    public Path home() {
        return home.path();
    }

    /** Runs it to its end. */
    public Outcome run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile(home.path(), "out", "");
            Path err = Files.createTempFile(home.path(), "err", "");
            Process process = start(command, out, err);
            boolean ended = waitFor(process);
            String text = String.join(" ", command);
            if (!ended) {
                process.destroyForcibly().onExit().join();
                throw new AssertionError(text + " did not end in " + LIMIT.toSeconds() + " s: "
                        + Files.readString(err));
            }
            return new Outcome(text, process.exitValue(), Files.readString(out), Files.readString(
                    err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return program.toString();
    }

    @Override
    public void close() {
        home.close();
    }

    private Process start(List<String> command, Path out, Path err) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.path().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "");
        environment.clear();
        String folder = home.path().toString();
        environment.putAll(Map.of("PATH", path, "HOME", folder, "TMPDIR", folder, "DOCKER_CONFIG",
                folder + "/.docker", "XDG_RUNTIME_DIR", folder, "NO_COLOR", "1"));
        return builder.start();
    }

    private static boolean waitFor(Process process) {
        try {
            return process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
