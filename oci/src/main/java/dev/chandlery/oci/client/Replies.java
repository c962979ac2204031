package dev.chandlery.oci.client;

import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.http.HttpReply;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads headers of replies with tolerance: what breaks its grammar is absent. */
final class Replies {
    static final String DIGEST_HEADER = "Docker-Content-Digest";

    private Replies() {}

    static OptionalLong contentLength(HttpReply reply) {
        String text = reply.header("Content-Length").orElse("");
        return text.matches("\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }

    /** Workaround(GHCR): 403 with {@code Retry-After} is a limit on rates, which is no word on rights. */
    static boolean isLimitOnRates(HttpReply reply) {
        return reply.status() == 403 && reply.header("Retry-After").isPresent();
    }

    static Optional<Digest> digest(HttpReply reply) {
        return reply.header(DIGEST_HEADER).flatMap(Digest::find);
    }

    static Optional<MediaType> mediaType(HttpReply reply) {
        try {
            return reply.header("Content-Type").map(MediaType::ofHeader);
        } catch (OciException e) {
            return Optional.empty();
        }
    }

    /** Refuses a reply that says it holds something else, where both digests can be compared. */
    static void checkDigest(String what, Digest expected, HttpReply reply) {
        digest(reply)
                .filter(d -> d.algorithm() == expected.algorithm() && !d.equals(expected))
                .ifPresent(d -> {
                    throw new ContentMismatchException(what, expected.toString(), d.toString());
                });
    }
}
