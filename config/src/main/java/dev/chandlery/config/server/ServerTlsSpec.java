package dev.chandlery.config.server;

import java.nio.file.Path;
import java.util.List;

/** The certificate that a server shows. */
public sealed interface ServerTlsSpec {

    /**
     * One that is given.
     *
     * @param certificate PEM file, the server's own first, absolute
     * @param key PEM file, absolute
     */
    record Given(Path certificate, Path key) implements ServerTlsSpec {}

    /**
     * One that the server makes for itself.
     *
     * @param names host names and literal addresses that clients connect to, at least one
     */
    record SelfSigned(List<String> names) implements ServerTlsSpec {
        public SelfSigned {
            names = List.copyOf(names);
            if (names.isEmpty()) {
                throw new IllegalArgumentException("a certificate without names");
            }
        }
    }
}
