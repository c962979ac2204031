package dev.chandlery.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs of others on this machine. */
final class Programs {

    private Programs() {}

    /**
     * Where the program is: in the variable named like it in upper case, on the path, or where {@code go
     * install} puts programs.
     */
    static Optional<Path> find(String name, Map<String, String> environment) {
        String variable = environment.getOrDefault(name.toUpperCase(Locale.ROOT)
                .replace(
                        '-', '_'), "");
        Stream<Path> named = variable.isEmpty() ? Stream.of() : Stream.of(Path.of(variable));
        Stream<Path> found = folders(environment).stream().map(folder -> folder.resolve(name));
        return Stream.concat(named, found)
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private static List<Path> folders(Map<String, String> environment) {
        Stream<Path> path = Arrays.stream(environment.getOrDefault("PATH", "").split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of);
        String home = environment.getOrDefault("HOME", "/");
        String go = environment.getOrDefault("GOPATH", home + "/go");
        return Stream.concat(path, Stream.of(Path.of(go, "bin"))).toList();
    }
}
