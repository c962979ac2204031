package dev.chandlery.upstream.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where Maven would read its settings.
 *
 * @param user {@code ~/.m2/settings.xml}, or what {@code -s} in {@code MAVEN_ARGS} names
 * @param installation {@code conf/settings.xml} of the Maven that is installed; empty without one
 */
record SettingsFiles(Path user, Optional<Path> installation) {
    private static final List<String> OPTIONS = List.of("-s", "--settings");

    static SettingsFiles of(Map<String, String> environment) {
        Path home = Path.of(System.getProperty("user.home"), ".m2", "settings.xml");
        return new SettingsFiles(named(environment.getOrDefault("MAVEN_ARGS", "")).orElse(home),
                installation(environment));
    }

    private static Optional<Path> named(String arguments) {
        List<String> words = List.of(arguments.strip().split("\\s+"));
        for (int i = 0; i + 1 < words.size(); i++) {
            if (OPTIONS.contains(words.get(i))) {
                return Optional.of(Path.of(words.get(i + 1)));
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> installation(Map<String, String> environment) {
        Stream<Path> named = Stream.of("MAVEN_HOME", "M2_HOME")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
        Stream<Path> found = Stream.of(environment.getOrDefault("PATH", "")
                .split(
                        File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(
                        folder, "mvn"))
                .filter(Files::isExecutable)
                .flatMap(
                        SettingsFiles::homeOf);
        return Stream.concat(named, found)
                .map(home -> home.resolve("conf").resolve("settings.xml"))
                .filter(Files::isReadable)
                .findFirst();
    }

    /** The folder above {@code bin/mvn}, behind all links. */
    private static Stream<Path> homeOf(Path program) {
        try {
            Path bin = program.toRealPath().getParent();
            return Stream.ofNullable(bin == null ? null : bin.getParent());
        } catch (IOException _) {
            return Stream.empty(); // a link to nothing is no installation
        }
    }
}
