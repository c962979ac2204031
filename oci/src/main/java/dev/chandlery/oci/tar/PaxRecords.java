package dev.chandlery.oci.tar;

import dev.chandlery.oci.MalformedContentException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an extended header says about the entry behind it.
 *
 * <p><b>Spec:</b> POSIX.1-2017, pax, pax Extended Header: {@code <length> <key>=<value>\n} each.
 *
 * @param values the last one of each key
 * @param archive for messages
 */
record PaxRecords(Map<String, String> values, String archive) {
    private static final int MAX_LENGTH_DIGITS = 7;

    static PaxRecords parse(byte[] bytes, String archive) {
        Map<String, String> values = new HashMap<>();
        int at = 0;
        while (at < bytes.length) {
            int space = indexOf(bytes, ' ', at, at + MAX_LENGTH_DIGITS + 1);
            int end = space < 0 ? -1 : at + length(bytes, at, space);
            int equals = space < 0 ? -1 : indexOf(bytes, '=', space + 1, end);
            if (equals < 0 || end > bytes.length || bytes[end - 1] != '\n') {
                throw malformed(archive, "an extended header that is none");
            }
            values.put(text(bytes, space + 1, equals), text(bytes, equals + 1, end - 1));
            at = end;
        }
        return new PaxRecords(values, archive);
    }

    Optional<String> path() {
        return Optional.ofNullable(values.get("path"));
    }

    /** -1 when it is no size. */
    Optional<Long> size() {
        return Optional.ofNullable(values.get("size")).map(PaxRecords::number);
    }

    /** Whether the content is written without its gaps. */
    boolean sparse() {
        return values.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse."));
    }

    /** For a header that goes before many entries: names and sizes there are a way to hide entries. */
    void requireHarmless() {
        if (path().isPresent() || size().isPresent() || sparse()) {
            throw malformed(archive, "a global header with a name or size");
        }
    }

    private static int length(byte[] bytes, int from, int to) {
        return (int) Math.max(0, number(text(bytes, from, to)));
    }

    private static long number(String text) {
        try {
            return text.isEmpty() || !Character.isDigit(text.charAt(0))
                    ? -1
                    : Long.parseLong(text);
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    private static int indexOf(byte[] bytes, char wanted, int from, int to) {
        for (int i = from; i < Math.min(to, bytes.length); i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static MalformedContentException malformed(String archive, String what) {
        return new MalformedContentException("cannot read " + archive + ": " + what);
    }
}
