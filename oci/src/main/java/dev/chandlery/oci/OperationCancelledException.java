package dev.chandlery.oci;

/** The thread was interrupted; its interrupt flag is set again when this is thrown. */
public final class OperationCancelledException extends OciException {
    private static final long serialVersionUID = 1L;

    public OperationCancelledException(String message) {
        super(message, null);
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.CANCELLED;
    }
}
