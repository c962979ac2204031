package dev.chandlery.oci.http;

import dev.chandlery.oci.OciException;
import java.net.ProtocolException;

/**
 * Carries a failure of our own side, such as content that is not what it should be, out of the HTTP
 * library. It is a protocol exception because OkHttp never repeats a request after one.
 */
final class LocalFailure extends ProtocolException {
    private static final long serialVersionUID = 1L;

    private final OciException failure;

    LocalFailure(OciException failure) {
        super(failure.getMessage());
        this.failure = failure;
        initCause(failure);
    }

    OciException failure() {
        return failure;
    }
}
