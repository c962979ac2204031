package dev.chandlery.registry.http;

import java.io.InputStream;
import java.util.OptionalLong;

/**
 * What a client asks.
 *
 * @param method in upper case
 * @param rawPath path as it came, percent-encoding untouched, with the leading slash
 * @param rawQuery query as it came, empty when there is none
 * @param headers the header fields
 * @param contentLength of the body in bytes, empty when the client does not say
 * @param body the body, blocking; read at most once, closed by the server; throws when the client
 *     ends or stalls before the body is complete
 * @param peer who sent it
 */
public record HttpRequest(String method, String rawPath, String rawQuery, HeaderFields headers,
        OptionalLong contentLength, InputStream body, Peer peer) {

    public boolean isHead() {
        return method.equals("HEAD");
    }
}
