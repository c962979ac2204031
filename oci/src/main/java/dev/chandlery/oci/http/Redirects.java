package dev.chandlery.oci.http;

import dev.chandlery.oci.TransferException;
import java.net.URI;
import java.util.Optional;

/**
 * Where a redirect leads, and whether we go there.
 *
 * <p><b>Spec:</b> RFC 9110 section 15.4. Deviation: a request that is neither GET nor HEAD is never
 * turned into a GET; only 307 and 308 are followed for it.
 */
final class Redirects {
    private Redirects() {}

    /** The next hop, empty when the reply is final. */
    static Optional<HttpCall> next(HttpCall call, HttpReply reply) {
        if (!call.conduct().redirects() || !isFollowed(call, reply.status())) {
            return Optional.empty();
        }
        Optional<String> location = reply.header("Location");
        if (location.isEmpty()) {
            return Optional.empty();
        }
        URI target = resolve(call, location.get());
        if (Origin.of(call.uri()).isSecure() && !Origin.of(target).isSecure()) {
            throw refused(call, "redirect from https to " + RedactedUri.of(target));
        }
        return Optional.of(call.redirectedTo(target));
    }

    /** Refuses what the caller's check does not want. */
    static void check(HttpCall call) {
        if (!call.conduct().check().test(call.uri())) {
            throw refused(call, RedactedUri.of(call.uri()) + " is not an expected address");
        }
    }

    static TransferException refused(HttpCall call, String why) {
        return new TransferException("cannot " + call.action() + ": refused: " + why, null, false);
    }

    private static boolean isFollowed(HttpCall call, int status) {
        boolean read = call.method().equals("GET") || call.method().equals("HEAD");
        return switch (status) {
            case 301, 302, 303 -> read;
            case 307, 308 -> read || call.body().map(b -> b.content().replayable()).orElse(true);
            default -> false;
        };
    }

    private static URI resolve(HttpCall call, String location) {
        try {
            URI target = RelativeUri.resolve(call.uri(), location);
            Origin.of(target);
            if (target.getRawUserInfo() != null) {
                throw refused(call, "redirect with user information");
            }
            return target;
        } catch (IllegalArgumentException e) {
            throw refused(call, "redirect to something that is no http or https address");
        }
    }
}
