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

    Pattern SINGLE = Pattern.compile("bytes=([0-9]*)-([0-9]*)", Pattern.CASE_INSENSITIVE);
    /** So many digits always fit into a long. */
    int MAX_DIGITS = 18;

    static ByteRange of(HeaderFields headers, Digest digest, long size) {
        String value = headers.first("Range").orElse("").replace(" ", "");
        Matcher range = SINGLE.matcher(value);
        boolean stillSame = headers.first("If-Range")
                .map(tag -> tag.strip().equals(EntityTags.of(digest)))
                .orElse(true);
        if (!stillSame || !range.matches() || value.endsWith("=-")) {
            return new Whole();
        }
        return range.group(1).isEmpty()
                ? suffix(number(range.group(2)), size)
                : part(number(range.group(1)), range.group(2), size);
    }

    private static ByteRange suffix(long length, long size) {
        return length == 0 || size == 0
                ? new Unsatisfiable()
                : new Part(Math.max(0, size - length), size - 1);
    }

    private static ByteRange part(long first, String end, long size) {
        long last = end.isEmpty() ? size - 1 : Math.min(number(end), size - 1);
        return first >= size || last < first ? new Unsatisfiable() : new Part(first, last);
    }

    /** More digits than a size has say no more than that it is beyond the end. */
    private static long number(String digits) {
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > MAX_DIGITS
                ? Long.MAX_VALUE
                : Long.parseLong(significant);
    }
}
