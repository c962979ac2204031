package dev.chandlery.oci;

/** Bytes differ from what their descriptor or publisher says. */
public final class ContentMismatchException extends OciException {
    private static final long serialVersionUID = 1L;

    private final String expected;
    private final String actual;

    /**
     * @param what was read, and from where
     * @param expected digest, or size with its unit
     * @param actual likewise
     */
    public ContentMismatchException(String what, String expected, String actual) {
        super("cannot accept " + what + ": expected " + expected + ", got " + actual, null);
        this.expected = expected;
        this.actual = actual;
    }

    public String expected() {
        return expected;
    }

    public String actual() {
        return actual;
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.CONTENT_MISMATCH;
    }
}
