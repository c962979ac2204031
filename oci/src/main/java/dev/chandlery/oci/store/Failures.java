package dev.chandlery.oci.store;

import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.TransferException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Turns failures of streams and files into ours. */
final class Failures {

    private Failures() {}

    /** The disk failed, unless the thread was interrupted, which shows as a failure of the file. */
    static OciException storage(String action, IOException e) {
        return cancelled(e)
                ? cancelled(action)
                : new StorageException("cannot " + action + ": " + reason(e), e);
    }

    /** The content that was to be stored could not be read. */
    static OciException reading(String action, IOException e, boolean retryable) {
        return cancelled(e)
                ? cancelled(action)
                : new TransferException("cannot " + action + ": cannot read the content: "
                        + reason(e), e, retryable);
    }

    /** Neither null nor a bare path, which is all that some exceptions of the platform say. */
    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> missing.getFile() + ": no such file";
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case FileSystemException fs when fs.getReason() != null -> fs.getFile() + ": " + fs
                    .getReason();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }

    private static boolean cancelled(IOException e) {
        return e instanceof ClosedByInterruptException
                || e instanceof FileLockInterruptionException;
    }

    private static OciException cancelled(String action) {
        Thread.currentThread().interrupt();
        return new OperationCancelledException("cannot " + action + ": interrupted");
    }
}
