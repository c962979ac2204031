package dev.chandlery.registry.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What an {@code Authorization} field says.
 *
 * <p><b>Spec:</b> RFC 7617; RFC 6750, section 2.1.
 */
public sealed interface Credentials {
    /** A name and a password, which may be a long-lived token. */
    record Basic(String name, String password) implements Credentials {
        @Override
        public String toString() {
            return "credentials of " + name;
        }
    }

    /** A token. */
    record Bearer(String token) implements Credentials {
        @Override
        public String toString() {
            return "a token";
        }
    }

    int MAX_CHARACTERS = 16 * 1024;

    /** Reads the field; empty when it is of no scheme that we know, or broken. */
    static Optional<Credentials> find(String field) {
        String value = field.strip();
        int space = value.indexOf(' ');
        if (space < 0 || value.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        String rest = value.substring(space + 1).strip();
        if (value.regionMatches(true, 0, "Bearer ", 0, space + 1)) {
            return Optional.of(new Bearer(rest));
        }
        return value.regionMatches(true, 0, "Basic ", 0, space + 1)
                ? basic(rest)
                : Optional.empty();
    }

    /** The name that a field claims, whether or not it is right; for logs. */
    static Optional<String> claimedName(String field) {
        return find(field).flatMap(credentials -> switch (credentials) {
            case Basic(var name, _) -> Optional.of(name);
            case Bearer _ -> Optional.empty();
        });
    }

    private static Optional<Credentials> basic(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Basic(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // not Base64
        }
    }
}
