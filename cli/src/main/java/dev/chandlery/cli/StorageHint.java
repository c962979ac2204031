package dev.chandlery.cli;

import dev.chandlery.oci.StorageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
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
            case ConnectException _,UnknownHostException _ -> Optional.of(
                    "check its address and port, and that it runs");
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
            case SQLException e when e.getSQLState() != null -> Optional.of(database(e
                    .getSQLState()));
            default -> Optional.of("check free space and rights of the folder");
        };
    }

    /** By the classes of the SQL standard, which files of this machine do not give. */
    private static String database(String state) {
        return switch (state.substring(0, Math.min(2, state.length()))) {
            case "28" -> "check user name and password of the database";
            case "3D" -> "make that database, or name another";
            case "42" -> "grant that user what it needs: it makes a schema and tables of its own";
            default -> "see the log of the database";
        };
    }

    private static String space(IOException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space") || message.contains("quota")
                ? "free space on that disk"
                : "check free space and rights of the folder";
    }
}
