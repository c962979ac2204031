package dev.chandlery.config;

import dev.chandlery.config.yaml.Finding;
import dev.chandlery.config.yaml.NodeAt;
import dev.chandlery.config.yaml.Reading;
import dev.chandlery.config.yaml.SyntaxException;
import dev.chandlery.config.yaml.YamlSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** Reads registry.yaml. */
public final class ConfigLoader {

    private ConfigLoader() {}

    /**
     * Reads and checks the whole file. Reads files of the disk, nothing from the network.
     *
     * @param environment variables that {@code ${env:NAME}} refers to
     * @throws ConfigException with all problems at once, also when the file cannot be read
     */
    public static ConfigSpec load(Path file, Map<String, String> environment) {
        return load(file, compose(file), environment);
    }

    /**
     * The same with a text in the place of what the file has, such as one that is about to be written.
     *
     * @throws ConfigException with all problems at once
     */
    public static ConfigSpec load(Path file, String text, Map<String, String> environment) {
        return load(file, compose(file, new ByteArrayInputStream(text.getBytes(
                StandardCharsets.UTF_8))), environment);
    }

    private static ConfigSpec load(Path file, Node root, Map<String, String> environment) {
        Path absolute = file.toAbsolutePath().normalize();
        Reading reading = new Reading(Objects.requireNonNull(absolute.getParent()), environment);
        reading.declare(root, RootSection.GROUPS);
        if (reading.declared().isEmpty()) {
            reading.declare(RootSection.DEFAULT_GROUP);
        }
        Optional<ConfigSpec> read = RootSection.SECTION.read(NodeAt.root(root), reading);
        if (!reading.problems().isEmpty()) {
            throw new ConfigException(problems(file, reading.problems()));
        }
        ConfigSpec config = read.orElseThrow(() -> new IllegalStateException(
                "neither a configuration nor a problem: " + file));
        return new ConfigSpec(absolute, config.registries(), config.repositories(), config
                .publishing(), config.security(), config.signing(), config.operations(),
                problems(file, reading.notices()));
    }

    private static Node compose(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return compose(file, in);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static Node compose(Path file, InputStream in) {
        try {
            return YamlSource.compose(in);
        } catch (SyntaxException e) {
            throw new ConfigException(problems(file, List.of(e.finding())));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static ConfigException unreadable(Path file, IOException e) {
        String why = e instanceof NoSuchFileException ? "no such file" : e.toString();
        return new ConfigException(problems(file, List.of(Finding.ofFile("cannot be read: "
                + why))));
    }

    private static List<Problem> problems(Path file, List<Finding> findings) {
        return findings.stream()
                .map(finding -> new Problem(file.toString(), finding.line(), finding
                        .column(), finding.path(), finding.message()))
                .sorted()
                .toList();
    }
}
