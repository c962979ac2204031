package dev.chandlery.bench.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A program of the machine that is run to its end, or a server's executable. */
public record Tool(Path file) {
    /** Where servers are that are not for everyone's path. */
    private static final List<String> MORE = List.of("/usr/sbin", "/usr/local/sbin");

    /** The program of that name on the path, empty when it is not installed. */
    public static Optional<Tool> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Arrays.stream(path.split(File.pathSeparator, -1)), MORE.stream())
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Tool::new);
    }

    /** Runs it and gives all that it prints, on both streams; an exit code is not looked at. */
    public String run(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(),
                    StandardCharsets.UTF_8);
            process.waitFor();
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
