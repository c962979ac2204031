package dev.chandlery.oci;

import java.util.regex.Pattern;

/**
 * The name of a repository inside a registry, such as {@code acme/tools/protoc}.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Pulling manifests.
 */
public record RepositoryName(String value) implements Comparable<RepositoryName> {

    /** Longest name that we accept; many clients cap host and name together at 255. */
    public static final int MAX_LENGTH = 255;

    private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern GRAMMAR = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*");

    public RepositoryName {
        if (value.length() > MAX_LENGTH || !GRAMMAR.matcher(value).matches()) {
            throw new InvalidReferenceException("repository", value,
                    "expected lower-case components of letters and digits, joined by '.', '_', '__'"
                            + " or '-', separated by '/', at most " + MAX_LENGTH + " characters");
        }
    }

    /** This name with components appended: {@code acme} resolved with {@code tools/protoc}. */
    public RepositoryName resolve(String components) {
        return new RepositoryName(value + "/" + components);
    }

    @Override
    public int compareTo(RepositoryName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
