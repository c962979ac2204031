package dev.chandlery.oci;

/** Credentials are missing, wrong, or without the right (401, 403). */
public final class UnauthorizedException extends OciException {
    private static final long serialVersionUID = 1L;

    public UnauthorizedException(String message) {
        super(message, null);
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.UNAUTHORIZED;
    }
}
