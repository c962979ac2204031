package dev.chandlery.config.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code ${env:NAME}} and {@code ${file:PATH}}; what they give is not looked at again. */
final class Expansion {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^{}$]+)}");
    /** Largest file that a reference may name: values are names and addresses. */
    private static final int MAX_FILE_BYTES = 64 * 1024;

    private Expansion() {}

    /** @throws IllegalArgumentException with what is wrong; the message holds no value */
    static String expand(String text, Reading reading) {
        Matcher matcher = REFERENCE.matcher(text);
        String rest = matcher.replaceAll("");
        if (rest.contains("${")) {
            throw new IllegalArgumentException(
                    "expected references in the form ${env:NAME} or ${file:PATH}");
        }
        matcher.reset();
        return matcher.replaceAll(found -> Matcher.quoteReplacement(
                found.group(1).equals("env")
                        ? variable(found.group(2), reading)
                        : file(found.group(2), reading)));
    }

    private static String variable(String name, Reading reading) {
        return reading.environment(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "environment variable " + name + " is not set or empty"));
    }

    private static String file(String name, Reading reading) {
        try {
            Path path = reading.folder().resolve(name);
            try (InputStream in = Files.newInputStream(path)) {
                byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
                if (bytes.length > MAX_FILE_BYTES) {
                    throw new IllegalArgumentException(
                            "file " + name + " is larger than " + MAX_FILE_BYTES + " bytes");
                }
                return new String(bytes, StandardCharsets.UTF_8).strip();
            }
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    "cannot read file " + name + ": " + e.getClass().getSimpleName(), e);
        }
    }
}
