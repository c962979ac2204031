package dev.chandlery.config.value;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a secret is, never the secret: {@code ${env:NAME}} or {@code ${file:PATH}}.
 *
 * @param kind environment variable or file
 * @param name of the variable, or path of the file
 */
public record SecretReference(Kind kind, String name) {

    /** Where the secret is kept. */
    public enum Kind {
        ENV,
        FILE
    }

    private static final Pattern FORM = Pattern.compile("\\$\\{(env|file):([^{}$]+)}");

    public SecretReference {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a secret without a name");
        }
    }

    /**
     * Reads a reference as it is written in registry.yaml.
     *
     * @throws IllegalArgumentException in another form; the message does not repeat the text
     */
    public static SecretReference parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "expected a reference, ${env:NAME} or ${file:PATH}, not the secret itself");
        }
        Kind kind = matcher.group(1).equals("env") ? Kind.ENV : Kind.FILE;
        return new SecretReference(kind, matcher.group(2));
    }

    /** As it is written in registry.yaml. */
    @Override
    public String toString() {
        return "${" + (kind == Kind.ENV ? "env" : "file") + ":" + name + "}";
    }
}
