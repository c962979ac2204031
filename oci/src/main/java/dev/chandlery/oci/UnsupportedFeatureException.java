package dev.chandlery.oci;

/** The other side cannot do what is asked, such as deleting or listing. */
public final class UnsupportedFeatureException extends OciException {
    private static final long serialVersionUID = 1L;

    public UnsupportedFeatureException(String message) {
        super(message, null);
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.UNSUPPORTED;
    }
}
