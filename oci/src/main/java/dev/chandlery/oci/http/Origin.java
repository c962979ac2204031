package dev.chandlery.oci.http;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;

/**
 * What credentials are bound to: scheme, host and port.
 *
 * <p><b>Spec:</b> RFC 6454 section 4.
 *
 * @param scheme {@code http} or {@code https}
 * @param host lower-case
 * @param port always explicit
 */
public record Origin(String scheme, String host, int port) implements Comparable<Origin> {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    public Origin {
        scheme = scheme.toLowerCase(Locale.ROOT);
        host = host.toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("expected http or https, got " + scheme);
        }
        port = port == -1 ? (scheme.equals("https") ? HTTPS_PORT : HTTP_PORT) : port;
    }

    /**
     * The origin of an absolute HTTP URI.
     *
     * @throws IllegalArgumentException when it has no host or another scheme
     */
    public static Origin of(URI uri) {
        if (uri.getScheme() == null || uri.getHost() == null) {
            throw new IllegalArgumentException("expected an absolute http or https URI, got "
                    + RedactedUri.of(uri));
        }
        return new Origin(uri.getScheme(), uri.getHost(), uri.getPort());
    }

    /** Reads {@code https://host[:port]}. */
    public static Origin parse(String text) {
        return of(URI.create(text));
    }

    /** Whether it is protected by TLS. */
    public boolean isSecure() {
        return scheme.equals("https");
    }

    /** Whether host and port are the same, whatever the scheme. */
    public boolean sameAuthority(Origin other) {
        return Objects.equals(host, other.host) && port == other.port;
    }

    @Override
    public int compareTo(Origin other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }
}
