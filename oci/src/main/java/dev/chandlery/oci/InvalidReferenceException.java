package dev.chandlery.oci;

/** A name, tag, digest, media type or platform breaks its grammar. */
public final class InvalidReferenceException extends OciException {
    private static final long serialVersionUID = 1L;

    /**
     * @param what kind of value, such as {@code tag}
     * @param value the offending text
     * @param reason what is expected
     */
    public InvalidReferenceException(String what, String value, String reason) {
        super("invalid " + what + " \"" + abbreviate(value) + "\": " + reason, null);
    }

    private static String abbreviate(String value) {
        int limit = 200;
        String printable = value.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= limit ? printable : printable.substring(0, limit) + "...";
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.INVALID_REFERENCE;
    }
}
