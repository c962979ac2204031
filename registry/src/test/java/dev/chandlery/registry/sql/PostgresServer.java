package dev.chandlery.registry.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * A real PostgreSQL, started once for all tests of the process and ended with it. It refuses to run as
 * root; the library runs it as nobody in a user namespace then.
 */
public final class PostgresServer {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static final String USER = "postgres";
    private static final int CONNECTIONS = 8;

    private PostgresServer() {}

    /** Started when it is first asked for. */
    private static final class Running {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            Path folder = Path.of("target", "postgres").toAbsolutePath();
            try {
                Files.createDirectories(folder);
                // The library makes its own folder in the system's temporary one before it is told ours.
                System.setProperty("ot.epg.working-dir", folder.toString());
                return EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(folder.toFile())
                        .setDataDirectory(Files.createTempDirectory(folder, "data-"))
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("fsync", "off")
                        .setLocaleConfig("locale", "C") // what the environment names may not be there
                        .setPGStartupWait(Duration.ofMinutes(2))
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A new empty schema, as a database is slow to make; skips the test where no program is for it. */
    public static PostgresSettings database() {
        Assumptions.assumeTrue("amd64".equals(System.getProperty("os.arch")) && "Linux".equals(
                System.getProperty("os.name")), "expected Linux on x86-64 for PostgreSQL");
        String name = "registry" + SCHEMAS.incrementAndGet();
        try (Connection connection = Running.SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new PostgresSettings(Running.SERVER.getJdbcUrl(USER, USER) + "&currentSchema="
                + name, USER, "", CONNECTIONS);
    }
}
