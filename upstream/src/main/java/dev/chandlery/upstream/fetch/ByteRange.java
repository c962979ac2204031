package dev.chandlery.upstream.fetch;

import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Part of a file, of a version that its server names by a strong entity tag.
 *
 * <p><b>Spec:</b> RFC 9110, 13.1.5 If-Range, 14.2 Range, 14.4 Content-Range.
 *
 * @param first byte, from 0
 * @param last byte; empty for the file's
 * @param entityTag strong
 */
record ByteRange(long first, OptionalLong last, String entityTag) {
    private static final Pattern CONTENT_RANGE = Pattern.compile(
            "bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");
    private static final int PARTIAL = 206;

    /** The entity tag of an answer; empty when it has none that vouches for every byte. */
    static Optional<String> strongTag(HttpReply reply) {
        return reply.header("ETag").filter(tag -> tag.startsWith("\"") && tag.length() > 2);
    }

    /** The call for this part, or for all of the file when that has changed. */
    HttpCall of(HttpCall whole) {
        String end = last.isPresent() ? Long.toString(last.getAsLong()) : "";
        return whole.withHeader("Range", "bytes=" + first + "-" + end)
                .withHeader("If-Range",
                        entityTag);
    }

    /** Whether the answer is this very part of a file of that size and tag. */
    boolean isAnsweredBy(HttpReply reply, long sizeBytes) {
        Matcher matcher = CONTENT_RANGE.matcher(reply.header("Content-Range").orElse(""));
        boolean sameTag = reply.header("ETag").map(entityTag::equals).orElse(true);
        return reply.status() == PARTIAL && sameTag && matcher.matches()
                && Long.parseLong(matcher.group(1)) == first
                && Long.parseLong(matcher.group(2)) == last.orElse(sizeBytes - 1)
                && Long.parseLong(matcher.group(3)) == sizeBytes;
    }
}
