package dev.chandlery.config.server;

import dev.chandlery.oci.Registry;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens.
 *
 * @param host literal address or name to bind, IPv6 without brackets
 * @param port 0 for any free one
 */
public record ServerListenSpec(String host, int port) {
    private static final Pattern FORM = Pattern.compile("(?<host>.{1,255}):(?<port>\\d{1,5})");
    private static final int MAX_PORT = 65_535;
    private static final String EXPECTED = "expected HOST:PORT, such as 127.0.0.1:5000 or [::1]:0";

    /** @throws dev.chandlery.oci.InvalidReferenceException when host is neither a name nor an address */
    public ServerListenSpec {
        host = strip(new Registry(bracketed(host), -1).host());
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("expected a port from 0 to " + MAX_PORT);
        }
    }

    /**
     * Reads {@code HOST:PORT}.
     *
     * @throws IllegalArgumentException in another form; the message does not repeat the text
     */
    public static ServerListenSpec parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(EXPECTED);
        }
        String host = matcher.group("host");
        if (host.indexOf(':') >= 0 && !host.startsWith("[")) {
            throw new IllegalArgumentException(EXPECTED);
        }
        return new ServerListenSpec(strip(host), Integer.parseInt(matcher.group("port")));
    }

    /** As it is written in registry.yaml. */
    @Override
    public String toString() {
        return bracketed(host) + ":" + port;
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    private static String strip(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }
}
