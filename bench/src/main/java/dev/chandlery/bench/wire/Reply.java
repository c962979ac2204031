package dev.chandlery.bench.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * An answer.
 *
 * @param status HTTP status
 * @param headers fields by their names in lower case; of several lines of one name the last
 * @param bodyBytes number of bytes of the body
 * @param body the body, empty when it was to be counted only
 */
public record Reply(int status, Map<String, String> headers, long bodyBytes,
        @SuppressWarnings("ArrayRecordComponent") byte[] body) {

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** This answer, when it has that status. */
    public Reply expect(int expected, String what) throws IOException {
        if (status != expected) {
            throw new IOException("cannot " + what + ": expected status " + expected + ", got "
                    + status + " " + text());
        }
        return this;
    }

    /** Path and query of the field {@code Location}, whether it is relative or not. */
    public String location() throws IOException {
        String value = header("location").orElseThrow(() -> new IOException(
                "expected a Location in the answer " + status));
        int host = value.indexOf("://");
        return host < 0 ? value : value.substring(value.indexOf('/', host + "://".length()));
    }
}
