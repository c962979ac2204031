package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.metadata.Page;
import dev.chandlery.registry.refusal.RefusedException;
import dev.chandlery.registry.route.Query;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The parameters {@code n} and {@code last} of lists, and the link to the next page.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Listing Tags.
 */
record Paging(int wanted, String after) {
    /** Longest page; a client that asks for more gets this and a link. */
    static final int MAX_ENTRIES = 10_000;

    private static final int MAX_DIGITS = 9;

    static Paging of(Query query) {
        return new Paging(query.first("n").map(Paging::count).orElse(MAX_ENTRIES),
                query.first("last").map(Paging::text).orElse(""));
    }

    /** Databases differ in what they make of control characters. */
    private static String text(String last) {
        if (last.chars().anyMatch(Character::isISOControl)) {
            throw new RefusedException(ErrorCode.UNSUPPORTED, 400,
                    "cannot read parameter last: expected text without control characters",
                    dev.chandlery.registry.http.HeaderFields.NONE);
        }
        return last;
    }

    private static int count(String text) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new RefusedException(ErrorCode.UNSUPPORTED, 400,
                    "cannot read parameter n: expected a number from 0",
                    dev.chandlery.registry.http.HeaderFields.NONE);
        }
        return text.length() > MAX_DIGITS
                ? MAX_ENTRIES
                : Math.min(Integer.parseInt(text), MAX_ENTRIES);
    }

    Page page() {
        return new Page(after, wanted);
    }

    /** One more than wanted, which tells whether there is a next page. */
    Page probe() {
        return new Page(after, wanted + 1);
    }

    <T> List<T> cut(List<T> probed) {
        return probed.subList(0, Math.min(wanted, probed.size()));
    }

    /** Adds the link, when more was found than is wanted; a page of none never has one. */
    HttpResponse link(HttpResponse response, String path, List<?> probed) {
        if (wanted == 0 || probed.size() <= wanted) {
            return response;
        }
        String last = URLEncoder.encode(probed.get(wanted - 1).toString(),
                StandardCharsets.UTF_8);
        return response.with("Link", "<" + path + "?n=" + wanted + "&last=" + last
                + ">; rel=\"next\"");
    }
}
