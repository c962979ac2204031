package dev.chandlery.publisher.attest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Parts of package URLs. */
final class PackageUrl {

    private PackageUrl() {}

    /** A path whose slashes stay. */
    static String path(String text) {
        return Arrays.stream(text.split("/"))
                .map(PackageUrl::encode)
                .collect(Collectors.joining("/"));
    }

    /** With percent signs before all but letters, digits and {@code -._~:}. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*",
                        "%2A")
                .replace("%7E", "~")
                .replace("%3A", ":");
    }
}
