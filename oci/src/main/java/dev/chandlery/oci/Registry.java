package dev.chandlery.oci;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A registry's address as references name it: host, and port when it is not the scheme's own.
 *
 * @param host lower-case DNS name, IPv4 address, or IPv6 address in brackets
 * @param port 1 to 65535, or -1 when none is given
 */
public record Registry(String host, int port) implements Comparable<Registry> {

    private static final Pattern HOST = Pattern.compile(
            "[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|\\[[0-9a-f:.]+]");
    private static final int MAX_PORT = 65_535;

    public Registry {
        host = host.toLowerCase(Locale.ROOT);
        if (!HOST.matcher(host).matches()) {
            throw new InvalidReferenceException("registry", host,
                    "expected a host name or address");
        }
        if (port != -1 && (port < 1 || port > MAX_PORT)) {
            throw new InvalidReferenceException("registry", host + ":" + port,
                    "expected a port from 1 to " + MAX_PORT);
        }
    }

    /** Reads {@code host} or {@code host:port}. */
    public static Registry parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || text.endsWith("]")) {
            return new Registry(text, -1);
        }
        try {
            return new Registry(text.substring(0, colon),
                    Integer.parseUnsignedInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new InvalidReferenceException("registry", text, "expected host or host:port");
        }
    }

    /** Whether the host is this machine by name or literal address; plain HTTP is the default there. */
    public boolean isLoopback() {
        return host.equals("localhost") || host.endsWith(".localhost") || host.equals("[::1]")
                || host.matches("127\\.\\d+\\.\\d+\\.\\d+");
    }

    @Override
    public int compareTo(Registry other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return port == -1 ? host : host + ":" + port;
    }
}
