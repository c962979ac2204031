package dev.chandlery.oci;

import org.jspecify.annotations.Nullable;

/**
 * Root of all failures in this package and its stores and clients.
 *
 * <p>Messages have the form {@code cannot <verb> <what> <where>: <cause>}, hold no secret, and are fit
 * to be shown to a user as they are.
 */
public abstract sealed class OciException extends RuntimeException
        permits
        InvalidReferenceException,
        ContentNotFoundException,
        ContentMismatchException,
        MalformedContentException,
        UntrustedContentException,
        ResponseException,
        UnauthorizedException,
        TransferException,
        UnsupportedFeatureException,
        LimitExceededException,
        OperationCancelledException,
        StorageException {

    private static final long serialVersionUID = 1L;

    protected OciException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** What kind of failure this is. */
    public abstract ErrorKind kind();
}
