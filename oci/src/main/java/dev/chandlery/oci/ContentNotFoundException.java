package dev.chandlery.oci;

/** The content, tag or repository is not there. */
public final class ContentNotFoundException extends OciException {
    private static final long serialVersionUID = 1L;

    public ContentNotFoundException(String message) {
        super(message, null);
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.NOT_FOUND;
    }
}
