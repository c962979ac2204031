package dev.chandlery.oci;

/** A local disk or database failed: full, read-only, corrupt. */
public final class StorageException extends OciException {
    private static final long serialVersionUID = 1L;

    public StorageException(String message) {
        super(message, null);
    }

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.STORAGE;
    }
}
