package dev.chandlery.cli;

import dev.chandlery.oci.StorageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.Optional;

/** What to do when something of this machine failed, by the cause that is nearest to it. */
final class StorageHint {
    private StorageHint() {}

    static Optional<String> of(StorageException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return switch (root) {
            case SocketException _ -> Optional.of("choose another address or port, or end the"
                    + " program that has it");
            case NoSuchFileException _,FileNotFoundException _ -> Optional.of(
                    "check the path; relative ones begin at the current folder");
            case AccessDeniedException _ -> Optional.of(
                    "check who may use it, and as whom this runs");
            case FileSystemException e -> Optional.of(space(e));
            case GeneralSecurityException _,IllegalArgumentException _,IllegalStateException _ ->
                Optional.empty(); // what is wrong is said, and it is no disk's fault
            case IOException e -> e.getClass() == IOException.class
                    ? Optional.of(space(e))
                    : Optional.empty(); // of a format, as a rule
            default -> Optional.of("check free space and rights of the folder");
        };
    }

    private static String space(IOException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space") || message.contains("quota")
                ? "free space on that disk"
                : "check free space and rights of the folder";
    }
}
