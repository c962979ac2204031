package dev.chandlery.oci.client;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The next page of a list.
 *
 * <p>Read by hand in one pass, as a pattern can be made to try for minutes by a hostile line.
 *
 * <p><b>Spec:</b> RFC 8288 section 3; distribution-spec v1.1.1, Listing Tags.
 */
final class LinkHeader {
    private static final int MAX_LENGTH = 8 * 1024;

    private final String text;
    private int at;

    private LinkHeader(String text) {
        this.text = text;
    }

    /** The target of the first link with relation {@code next}, as it stands there. */
    static Optional<String> next(List<String> lines) {
        return lines.stream()
                .filter(line -> line.length() <= MAX_LENGTH)
                .flatMap(line -> new LinkHeader(line).next().stream())
                .findFirst();
    }

    /** What breaks the grammar ends the line; nothing is guessed. */
    private Optional<String> next() {
        do {
            skipSpaces();
            int end = text.indexOf('>', at);
            if (!isAt('<') || end < 0) {
                return Optional.empty();
            }
            String target = text.substring(at + 1, end);
            at = end + 1;
            Optional<String> relations = relations();
            if (relations.filter(LinkHeader::isNext).isPresent()) {
                return Optional.of(target);
            }
        } while (take(','));
        return Optional.empty();
    }

    /** Reads all parameters of a link; the first {@code rel} counts. */
    private Optional<String> relations() {
        Optional<String> relations = Optional.empty();
        while (take(';')) {
            String name = token();
            String value = take('=') ? value() : "";
            if (relations.isEmpty() && name.equalsIgnoreCase("rel")) {
                relations = Optional.of(value);
            }
        }
        return relations;
    }

    private String value() {
        skipSpaces();
        if (!isAt('"')) {
            return token();
        }
        int end = text.indexOf('"', at + 1);
        String value = end < 0 ? "" : text.substring(at + 1, end);
        at = end < 0 ? text.length() : end + 1;
        return value;
    }

    private String token() {
        skipSpaces();
        int start = at;
        while (at < text.length() && " \t\"=;,<>".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean take(char wanted) {
        skipSpaces();
        boolean found = isAt(wanted);
        at += found ? 1 : 0;
        return found;
    }

    private boolean isAt(char wanted) {
        return at < text.length() && text.charAt(at) == wanted;
    }

    private void skipSpaces() {
        while (isAt(' ') || isAt('\t')) {
            at++;
        }
    }

    private static boolean isNext(String relations) {
        return List.of(relations.toLowerCase(Locale.ROOT).split("\\s+", -1)).contains("next");
    }
}
