package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Digest;
import dev.chandlery.registry.http.HeaderFields;
import java.util.Arrays;

/**
 * Entity tags: the quoted digest, always strong.
 *
 * <p><b>Spec:</b> RFC 9110, sections 8.8.3, 13.1.1, 13.1.2 and 13.1.5.
 */
final class EntityTags {
    private EntityTags() {}

    static String of(Digest digest) {
        return '"' + digest.toString() + '"';
    }

    /** Whether {@code If-None-Match} says that the client has it already. */
    static boolean clientHas(HeaderFields headers, Digest digest) {
        return headers.all("If-None-Match")
                .stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                .anyMatch(tag -> tag.equals("*") || tag.equals(of(digest)));
    }
}
