package dev.chandlery.oci;

/** Bytes cannot be read as what they claim to be. */
public final class MalformedContentException extends OciException {
    private static final long serialVersionUID = 1L;

    public MalformedContentException(String message) {
        super(message, null);
    }

    public MalformedContentException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.MALFORMED_CONTENT;
    }
}
