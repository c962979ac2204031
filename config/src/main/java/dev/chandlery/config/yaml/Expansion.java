package dev.chandlery.config.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${NAME}} or {@code ${env:NAME}}, both also with a default as {@code ${NAME:-default}}, and
 * {@code ${file:PATH}}; what they give is not looked at again.
 */
final class Expansion {

    private static final Pattern REFERENCE = Pattern.compile(
            "\\$\\{(?:file:(?<file>[^{}$]+)|(?:env:)?(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?<default>[^{}$]*))?)}");
    /** Largest file that a reference may name: values are names and addresses. */
    private static final int MAX_FILE_BYTES = 64 * 1024;

    private Expansion() {}

    /** @throws IllegalArgumentException with what is wrong; the message holds no value */
    static String expand(String text, Reading reading) {
        Matcher matcher = REFERENCE.matcher(text);
        String rest = matcher.replaceAll("");
        if (rest.contains("${")) {
            throw new IllegalArgumentException(
                    "expected references in the form ${NAME}, ${NAME:-default} or ${file:PATH}");
        }
        matcher.reset();
        return matcher.replaceAll(found -> Matcher.quoteReplacement(value(found, reading)));
    }

    private static String value(MatchResult found, Reading reading) {
        String file = found.group("file");
        return file == null ? variable(found, reading) : file(file, reading);
    }

    private static String variable(MatchResult found, Reading reading) {
        String name = found.group("name");
        return reading.environment(name)
                .or(() -> Optional.ofNullable(found.group("default")))
                .orElseThrow(() -> new IllegalArgumentException("environment variable " + name
                        + " is not set or empty; a default is written ${" + name + ":-default}"));
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
