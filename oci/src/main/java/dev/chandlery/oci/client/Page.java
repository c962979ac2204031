package dev.chandlery.oci.client;

import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.http.HttpReply;
import dev.chandlery.oci.http.Origin;
import dev.chandlery.oci.http.RelativeUri;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One page of a list.
 *
 * @param items in order
 * @param next where the next page is, on the same origin; empty on the last one
 */
record Page<T>(List<T> items, Optional<URI> next) {

    Page {
        items = List.copyOf(items);
    }

    static <T> Page<T> of(List<T> items, HttpReply reply) {
        return new Page<>(items,
                LinkHeader.next(reply.headers("Link")).map(link -> target(reply.uri(), link)));
    }

    private static URI target(URI from, String link) {
        try {
            URI target = RelativeUri.resolve(from, link);
            if (target.getRawUserInfo() == null && Origin.of(target).equals(Origin.of(from))) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedContentException("cannot list: the link to the next page of "
                    + from.getPath() + " is no address", e);
        }
        throw new MalformedContentException("cannot list: the link to the next page of "
                + from.getPath() + " leads to another host");
    }
}
