package dev.chandlery.oci;

import org.jspecify.annotations.Nullable;

/** The connection failed, broke in the middle, or made no progress. */
public final class TransferException extends OciException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    /** @param retryable whether the same request may succeed when it is sent again */
    public TransferException(String message, @Nullable Throwable cause, boolean retryable) {
        super(message, cause);
        this.retryable = retryable;
    }

    public boolean retryable() {
        return retryable;
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.TRANSFER;
    }
}
