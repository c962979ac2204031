package dev.chandlery.scheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database whose user may do less than the scheduler needs, or that has other things in it. */
class DatabaseRightsIT {
    private static final String SCHEMA = "chandlery_scheduler";

    @TempDir
    Path folder;

    @Test
    void whatIsNotAllowedIsSaidAndNothingIsHalfDone() throws Exception {
        Assumptions.assumeTrue("amd64".equals(System.getProperty("os.arch")) && "Linux".equals(
                System.getProperty("os.name")), "expected Linux on x86-64 for PostgreSQL");
        Path work = Files.createDirectories(folder.resolve("postgres"));
        System.setProperty("ot.epg.working-dir", work.toString());
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(work.toFile())
                .setDataDirectory(Files.createTempDirectory(Files.createDirectories(Path.of(
                        "target").toAbsolutePath()), "database-rights-"))
                .setServerConfig("fsync", "off")
                .setLocaleConfig("locale", "C") // what the environment names may not be there
                .setPGStartupWait(Duration.ofMinutes(2))
                .start();
                Connection connection = server.getPostgresDatabase().getConnection();
                Statement owner = connection.createStatement()) {
            owner.execute("CREATE ROLE robot LOGIN");
            configure(server);
            schemaThatCannotBeMade(owner);
            tablesOfSomethingElse(owner);
            schemaThatTheOwnerMade(owner);
            tablesThatCannotBeWritten(owner);
            tablesOfANewerProgram(owner);
        }
    }

    private void schemaThatCannotBeMade(Statement owner) throws SQLException {
        assertThat(ask("list")).contains("Error: cannot make the schema " + SCHEMA,
                "permission denied for database", "Hint: grant that user").endsWith("exit code 1");
        assertThat(count(owner, "pg_namespace WHERE nspname = '" + SCHEMA + "'")).isZero();
    }

    private void tablesOfSomethingElse(Statement owner) throws SQLException {
        owner.execute("CREATE SCHEMA " + SCHEMA + " AUTHORIZATION robot");
        owner.execute("CREATE TABLE " + SCHEMA + ".other (x INTEGER)");
        assertThat(ask("list")).contains("expected no tables or its own, got those of something")
                .doesNotContain("baseline", "Hint:")
                .endsWith("exit code 1");
        assertThat(count(owner, "pg_tables WHERE schemaname = '" + SCHEMA + "'")).isOne();
        owner.execute("DROP SCHEMA " + SCHEMA + " CASCADE");
    }

    /** As administrators do who let no program make schemas. */
    private void schemaThatTheOwnerMade(Statement owner) throws SQLException {
        owner.execute("CREATE SCHEMA " + SCHEMA);
        owner.execute("GRANT USAGE, CREATE ON SCHEMA " + SCHEMA + " TO robot");
        assertThat(ask("once", "health")).endsWith("exit code 0");
        assertThat(count(owner, SCHEMA + ".run")).isOne();
        owner.execute("DROP SCHEMA " + SCHEMA + " CASCADE");
    }

    private void tablesThatCannotBeWritten(Statement owner) throws Exception {
        owner.execute("CREATE SCHEMA " + SCHEMA + " AUTHORIZATION robot");
        assertThat(ask("list")).endsWith("exit code 0");
        owner.execute("REVOKE ALL ON ALL TABLES IN SCHEMA " + SCHEMA + " FROM robot");
        owner.execute("GRANT SELECT ON ALL TABLES IN SCHEMA " + SCHEMA + " TO robot");
        assertThat(ask("list")).contains("health").endsWith("exit code 0");
        assertThat(ask("once", "health")).contains(
                "Error: cannot write the scheduler's history: ERROR: permission denied",
                "Hint: grant that user").endsWith("exit code 1");
        try (SchedulerProcess scheduler = SchedulerProcess.start(folder, "run", "run")) {
            assertThat(scheduler.end()).isEqualTo(1);
            assertThat(scheduler.log()).contains("permission denied", "Hint: grant that user")
                    .doesNotContain("\tat ", "trying again");
        }
        assertThat(count(owner, SCHEMA + ".run")).isZero();
        assertThat(count(owner, SCHEMA + ".qrtz_job_details")).isZero();
    }

    private void tablesOfANewerProgram(Statement owner) throws SQLException {
        owner.execute("UPDATE " + SCHEMA
                + ".scheduler_schema_history SET version = '9' WHERE version = '2'");
        assertThat(ask("list")).contains("expected schema version 2 or older, got 9",
                "use the version of the program that wrote it").endsWith("exit code 1");
    }

    private String ask(String... arguments) {
        return SchedulerProcess.ask(folder, arguments);
    }

    private static int count(Statement owner, String from) throws SQLException {
        try (ResultSet rows = owner.executeQuery("SELECT COUNT(*) FROM " + from)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private void configure(EmbeddedPostgres server) throws IOException {
        Files.writeString(folder.resolve("registry.yaml"), """
                primary_registry: {url: embedded, storage: registry}
                cache: {local_cache_dir: cache}
                scheduler:
                  database: {url: "jdbc:postgresql://localhost:%d/postgres", username: robot}
                """.formatted(server.getPort()));
    }
}
