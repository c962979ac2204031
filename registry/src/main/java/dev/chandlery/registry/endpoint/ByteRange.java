package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Digest;
import dev.chandlery.registry.http.HeaderFields;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client wants of a blob.
 *
 * <p><b>Spec:</b> RFC 9110, section 14. Deviation: of several ranges none is served, the whole is; a
 * server may ignore the field.
 */
sealed interface ByteRange {

    /** The whole content. */
    record Whole() implements ByteRange {}

    /** Bytes from first to last, both included. */
    record Part(long first, long last) implements ByteRange {
        long length() {
            return last - first + 1;
        }
    }

    /** Nothing of it is there. */
    record Unsatisfiable() implements ByteRange {}

    /** At most 18 digits always fit into a long. */
    Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    static ByteRange of(HeaderFields headers, Digest digest, long size) {
        String value = headers.first("Range").orElse("");
        Matcher range = SINGLE.matcher(value.replace(" ", ""));
        boolean stillSame = headers.first("If-Range")
                .map(tag -> tag.strip().equals(EntityTags.of(digest)))
                .orElse(true);
        if (!stillSame || !range.matches() || value.strip().equals("bytes=-")) {
            return new Whole();
        }
        return range.group(1).isEmpty()
                ? suffix(Long.parseLong(range.group(2)), size)
                : part(Long.parseLong(range.group(1)), range.group(2), size);
    }

    private static ByteRange suffix(long length, long size) {
        return length == 0 || size == 0
                ? new Unsatisfiable()
                : new Part(Math.max(0, size - length), size - 1);
    }

    private static ByteRange part(long first, String end, long size) {
        long last = end.isEmpty() ? size - 1 : Math.min(Long.parseLong(end), size - 1);
        return first >= size || last < first ? new Unsatisfiable() : new Part(first, last);
    }
}
