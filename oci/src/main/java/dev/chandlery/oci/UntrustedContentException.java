package dev.chandlery.oci;

/** Content is whole, but there is less proof of where it comes from than policy asks for. */
public final class UntrustedContentException extends OciException {
    private static final long serialVersionUID = 1L;

    public UntrustedContentException(String message) {
        super(message, null);
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.UNTRUSTED;
    }
}
