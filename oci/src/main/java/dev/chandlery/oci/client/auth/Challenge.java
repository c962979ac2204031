package dev.chandlery.oci.client.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One challenge of {@code WWW-Authenticate}.
 *
 * <p><b>Spec:</b> RFC 9110 section 11.6.1. What breaks the grammar ends the list; nothing is guessed.
 *
 * @param scheme lower-case
 * @param parameters values without quotes, by lower-case name; of a repeated name the first counts
 */
record Challenge(String scheme, SortedMap<String, String> parameters) {
    private static final int MAX_HEADER_LENGTH = 16 * 1024;
    private static final int MAX_CHALLENGES = 16;

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** All challenges of all lines of the header. */
    static List<Challenge> parse(List<String> lines) {
        List<Challenge> all = new ArrayList<>();
        for (String line : lines) {
            if (line.length() <= MAX_HEADER_LENGTH) {
                new Parser(line).challenges(all);
            }
        }
        return List.copyOf(all);
    }

    /** Reads from left to right; a token without {@code =} after it begins a new challenge. */
    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        void challenges(List<Challenge> into) {
            skip(" \t,");
            while (at < text.length() && into.size() < MAX_CHALLENGES) {
                String scheme = token();
                if (scheme.isEmpty()) {
                    return;
                }
                SortedMap<String, String> parameters = new TreeMap<>();
                boolean sound = parameters(parameters);
                into.add(new Challenge(scheme.toLowerCase(Locale.ROOT), parameters));
                if (!sound) {
                    return;
                }
            }
        }

        private boolean parameters(SortedMap<String, String> into) {
            while (true) {
                skip(" \t,");
                int start = at;
                String name = token();
                skip(" \t");
                if (name.isEmpty() || at >= text.length() || text.charAt(at) != '=') {
                    at = start;
                    return at >= text.length() || !name.isEmpty();
                }
                at++;
                skip(" \t");
                Optional<String> value = value();
                if (value.isEmpty()) {
                    return false;
                }
                into.putIfAbsent(name.toLowerCase(Locale.ROOT), value.get());
            }
        }

        private Optional<String> value() {
            if (at < text.length() && text.charAt(at) == '"') {
                return quoted();
            }
            String token = token();
            return token.isEmpty() ? Optional.empty() : Optional.of(token);
        }

        private Optional<String> quoted() {
            StringBuilder value = new StringBuilder();
            for (at++; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '"') {
                    at++;
                    return Optional.of(value.toString());
                }
                if (c == '\\' && at + 1 < text.length()) {
                    at++;
                    c = text.charAt(at);
                }
                value.append(c);
            }
            return Optional.empty();
        }

        private String token() {
            int start = at;
            while (at < text.length() && isTokenCharacter(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        private void skip(String characters) {
            while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        /** Token characters, and {@code / : @} which unquoted values hold in practice. */
        private static boolean isTokenCharacter(char c) {
            return c > ' ' && c < 127 && "\"(),;<=>?[\\]{}".indexOf(c) < 0;
        }
    }
}
