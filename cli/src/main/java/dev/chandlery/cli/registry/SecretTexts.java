package dev.chandlery.cli.registry;

import dev.chandlery.config.value.SecretReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Finds the secrets that registry.yaml refers to.
 *
 * @param environment of the process
 * @param folder that relative files are in
 */
public record SecretTexts(Map<String, String> environment, Path folder) {

    /**
     * The secret, without white space around it.
     *
     * @throws IllegalArgumentException when it is not there; the message names where it was looked for
     */
    public String read(SecretReference reference) {
        return switch (reference.kind()) {
            case ENV -> variable(reference.name());
            case FILE -> file(reference.name());
        };
    }

    /** As {@link #read}, of an environment variable. */
    public String variable(String name) {
        String value = environment.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            throw new IllegalArgumentException("environment variable " + name
                    + " is not set or empty");
        }
        return value;
    }

    /** As {@link #read}, of a file. */
    public String file(String name) {
        try {
            return Files.readString(folder.resolve(name), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("file " + name + " cannot be read (" + e.getClass()
                    .getSimpleName() + ")", e);
        }
    }

    /** Nothing of the environment. */
    @Override
    public String toString() {
        return "secrets of " + folder;
    }
}
