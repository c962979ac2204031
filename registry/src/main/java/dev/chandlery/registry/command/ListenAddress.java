package dev.chandlery.registry.command;

import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.Registry;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where to listen, as {@code HOST:PORT} on the command line.
 *
 * @param host literal address or name to bind, without brackets
 * @param port 0 for any free one
 */
record ListenAddress(String host, int port) {
    static final ListenAddress DEFAULT = new ListenAddress("127.0.0.1", 5000);

    private static final int MAX_PORT = 65_535;

    /** Whether only this machine can connect. */
    boolean isLoopback() {
        try {
            return new Registry(host.indexOf(':') >= 0 ? "[" + host + "]" : host, -1).isLoopback();
        } catch (InvalidReferenceException _) {
            return false;
        }
    }

    /** Reads it for picocli. */
    static final class Converter implements ITypeConverter<ListenAddress> {
        @Override
        public ListenAddress convert(String text) {
            int colon = text.lastIndexOf(':');
            String host = colon < 1 ? "" : text.substring(0, colon);
            String port = text.substring(colon + 1);
            boolean bracketed = host.startsWith("[") && host.endsWith("]");
            if (host.isEmpty() || !port.matches("\\d{1,5}") || Integer.parseInt(port) > MAX_PORT
                    || (host.indexOf(':') >= 0 && !bracketed)) {
                throw new TypeConversionException("'" + text
                        + "' is not HOST:PORT, such as 127.0.0.1:5000 or [::1]:0");
            }
            return new ListenAddress(bracketed ? host.substring(1, host.length() - 1) : host,
                    Integer.parseInt(port));
        }
    }
}
