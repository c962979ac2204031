package dev.chandlery.registry.refusal;

import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.http.HeaderFields;

/** A request that is answered with an error; the message is shown to the client as it is. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final int status;
    private final transient HeaderFields headers;

    /** With the status that the code usually has. */
    public RefusedException(ErrorCode code, String message) {
        this(code, code.status(), message, HeaderFields.NONE);
    }

    public RefusedException(ErrorCode code, int status, String message, HeaderFields headers) {
        super(message, null, false, false);
        this.code = code;
        this.status = status;
        this.headers = headers;
    }

    public ErrorCode code() {
        return code;
    }

    public int status() {
        return status;
    }

    /** Fields that the answer carries besides. */
    public HeaderFields headers() {
        return headers;
    }
}
