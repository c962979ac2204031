package dev.chandlery.oci.http;

import java.io.IOException;

/** We do not go where a server sends us; never retried. */
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
