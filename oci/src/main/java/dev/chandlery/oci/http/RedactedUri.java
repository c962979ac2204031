package dev.chandlery.oci.http;

import java.net.URI;

/** URIs as they may stand in messages: without user information, query values and fragment. */
public final class RedactedUri {
    private RedactedUri() {}

    /** A URI that is fit to be shown; names of query parameters are kept. */
    public static URI of(URI uri) {
        String text = uri.toString();
        int fragment = text.indexOf('#');
        String whole = fragment < 0 ? text : text.substring(0, fragment);
        int question = whole.indexOf('?');
        String head = question < 0 ? whole : whole.substring(0, question);
        String query = question < 0 ? "" : "?" + withoutValues(whole.substring(question + 1));
        return URI.create(withoutUserInfo(head) + query);
    }

    private static String withoutUserInfo(String head) {
        int authority = head.indexOf("//");
        if (authority < 0) {
            return head;
        }
        int end = head.indexOf('/', authority + 2);
        int at = head.lastIndexOf('@', end < 0 ? head.length() : end);
        return at < authority
                ? head
                : head.substring(0, authority + 2) + head.substring(at + 1);
    }

    private static String withoutValues(String query) {
        StringBuilder text = new StringBuilder();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            text.append(text.isEmpty() ? "" : "&")
                    .append(equals < 0 ? "***" : pair.substring(0, equals) + "=***");
        }
        return text.toString();
    }
}
