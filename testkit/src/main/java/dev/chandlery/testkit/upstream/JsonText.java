package dev.chandlery.testkit.upstream;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Texts inside answers. */
final class JsonText {
    private JsonText() {}

    /** With quotes. */
    static String of(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c < ' ') {
                json.append("\\u00").append(c < 16 ? "0" : "").append(Integer.toHexString(c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }

    /** As one component of a path, as GitHub writes tags with slashes. */
    static String path(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
