package dev.chandlery.oci.http;

import java.net.URI;

/**
 * References to other places, as servers send them in {@code Location} and {@code Link}.
 *
 * <p><b>Spec:</b> RFC 3986 section 5.2. {@link URI#resolve(URI)} follows the older RFC 2396, which drops
 * the last segment of the path when only a query is given.
 */
public final class RelativeUri {
    private RelativeUri() {}

    /**
     * Where the reference leads to from a base.
     *
     * @throws IllegalArgumentException when the reference breaks the grammar
     */
    public static URI resolve(URI base, String reference) {
        if (reference.isEmpty() || reference.startsWith("?")) {
            String text = base.toString();
            int end = indexOfAny(text, reference.isEmpty() ? "#" : "?#");
            return URI.create(text.substring(0, end) + reference);
        }
        return base.resolve(reference);
    }

    private static int indexOfAny(String text, String characters) {
        for (int at = 0; at < text.length(); at++) {
            if (characters.indexOf(text.charAt(at)) >= 0) {
                return at;
            }
        }
        return text.length();
    }
}
