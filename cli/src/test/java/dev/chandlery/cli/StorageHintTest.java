package dev.chandlery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.security.KeyException;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StorageHintTest {
    private static Optional<String> hint(Throwable cause) {
        return StorageHint.of(new StorageException("cannot", cause));
    }

    @Test
    void saysWhatCanBeDoneAboutTheCause() {
        assertThat(hint(new IOException("failed", new BindException("in use")))).get()
                .asString()
                .contains("port");
        assertThat(hint(new NoSuchFileException("x"))).get().asString().contains("path");
        assertThat(hint(new AccessDeniedException("x"))).get().asString().contains("who may");
        assertThat(hint(new FileSystemException("x", null, "No space left on device"))).hasValue(
                "free space on that disk");
        assertThat(hint(new IOException("Input/output error"))).get()
                .asString()
                .contains("free space");
        assertThat(StorageHint.of(new StorageException("cannot"))).isPresent();
    }

    @Test
    void ofADatabaseItIsNotTheDisk() {
        assertThat(hint(new SQLException("refused", "08001", new ConnectException("refused"))))
                .hasValue("check its address and port, and that it runs");
        assertThat(hint(new SQLException("no such user", "28P01"))).get()
                .asString()
                .contains("password");
        assertThat(hint(new SQLException("permission denied", "42501"))).get()
                .asString()
                .contains("grant");
        assertThat(hint(new SQLException("no such database", "3D000"))).get()
                .asString()
                .contains("make that database");
        assertThat(hint(new SQLException("disk is full"))).as("a file of this machine")
                .hasValue("check free space and rights of the folder");
    }

    @Test
    void saysNothingOfDisksWhenAFileIsOfTheWrongKind() {
        assertThat(hint(new KeyException("does not belong"))).isEmpty();
        assertThat(hint(new IllegalArgumentException("not an htpasswd file"))).isEmpty();
    }
}
