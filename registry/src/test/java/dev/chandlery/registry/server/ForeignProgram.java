package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A client of others that is on this machine.
 *
 * @param name of the program; an environment variable of that name in upper case may give its path
 * @param folder that it works in
 * @param environment besides what this process has
 */
record ForeignProgram(String name, Path folder, Map<String, String> environment) {

    private static final int PATIENCE_SECONDS = 60;

    ForeignProgram(String name, Path folder) {
        this(name, folder, Map.of());
    }

    /** How it ended. */
    private record Outcome(List<String> command, int exitCode, String out, String err) {}

    /** Runs it; its standard output. The test is skipped, and says so, where the program is not. */
    String run(String... arguments) {
        Outcome outcome = outcome(arguments);
        assertThat(outcome.exitCode()).as("%s: %s", outcome.command(), outcome.err()).isZero();
        return outcome.out();
    }

    /** Runs it to see it fail; its standard error. */
    String fail(String... arguments) {
        Outcome outcome = outcome(arguments);
        assertThat(outcome.exitCode()).as("%s: %s", outcome.command(), outcome.out()).isPositive();
        return outcome.err();
    }

    private Outcome outcome(String... arguments) {
        Optional<Path> file = find();
        assumeTrue(file.isPresent(), () -> name + " is not on this machine: put it on the path, or"
                + " name it by " + variable());
        List<String> command = new ArrayList<>(List.of(file.orElseThrow().toString()));
        command.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile(folder, "out", "");
            Path err = Files.createTempFile(folder, "err", "");
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            return new Outcome(command, process.exitValue(), text(out), text(err));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private Optional<Path> find() {
        String named = System.getenv().getOrDefault(variable(), "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        String path = System.getenv().getOrDefault("PATH", "");
        Stream<Path> installedByGo = Stream.of(Path.of(System.getProperty("user.home"), "go",
                "bin"));
        return Stream.concat(Stream.of(path.split(File.pathSeparator, -1)).map(Path::of),
                installedByGo)
                .map(place -> place.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private String variable() {
        return name.toUpperCase(Locale.ROOT);
    }
}
