package dev.chandlery.oci;

import java.util.regex.Pattern;

/**
 * A mutable pointer to a manifest.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Pulling manifests: at most 128 characters of
 * {@code [a-zA-Z0-9_][a-zA-Z0-9._-]*}.
 */
public record Tag(String value) implements Identifier, Comparable<Tag> {

    private static final Pattern GRAMMAR = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    public Tag {
        if (!GRAMMAR.matcher(value).matches()) {
            throw new InvalidReferenceException("tag", value,
                    "expected 1 to 128 of letters, digits, '_', '.', '-', not starting with '.' or '-'");
        }
    }

    /** Orders as the tag list of a registry does: by bytes. */
    @Override
    public int compareTo(Tag other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
