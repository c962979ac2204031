package dev.chandlery.bench.copy.client;

import dev.chandlery.bench.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where programs are, and how many processes of one are run at a time. */
final class Programs {
    private Programs() {}

    /** On the path, or where Go installs programs. */
    static Optional<Tool> find(String name) {
        return Tool.find(name)
                .or(() -> Optional.of(Path.of(System.getProperty("user.home"),
                        "go/bin", name)).filter(Files::isExecutable).map(Tool::new));
    }

    static Optional<String> missing(String name) {
        return find(name).isPresent()
                ? Optional.empty()
                : Optional.of(name + " is not installed");
    }

    /** Runs the program once with each line's words, some at a time. */
    static List<String> each(int processes, Path file, List<String> lines, List<String> command)
            throws IOException {
        Files.write(file, lines);
        List<String> all = new ArrayList<>(List.of(Tool.find("xargs")
                .orElseThrow()
                .file()
                .toString(), "-a", file.toString(), "-P", Integer.toString(processes), "-L",
                "1"));
        all.addAll(command);
        return all;
    }
}
