package dev.chandlery.oci;

/** Something is larger or more than a limit of ours; the message names the limit. */
public final class LimitExceededException extends OciException {
    private static final long serialVersionUID = 1L;

    public LimitExceededException(String message) {
        super(message, null);
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.LIMIT_EXCEEDED;
    }
}
