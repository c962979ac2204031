package dev.chandlery.scheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that goes away is told, without noise, and what runs goes on when it is back. */
class DatabaseAwayIT {
    private static final Pattern DONE = Pattern.compile("health done:");

    @TempDir
    Path folder;

    @Test
    void jobsGoOnWhenItIsBack() throws Exception {
        Assumptions.assumeTrue("amd64".equals(System.getProperty("os.arch")) && "Linux".equals(
                System.getProperty("os.name")), "expected Linux on x86-64 for PostgreSQL");
        Path work = Files.createDirectories(folder.resolve("postgres"));
        System.setProperty("ot.epg.working-dir", work.toString());
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(work.toFile())
                .setDataDirectory(Files.createTempDirectory(Files.createDirectories(Path.of(
                        "target").toAbsolutePath()), "database-away-"))
                .setServerConfig("fsync", "off")
                .setLocaleConfig("locale", "C") // what the environment names may not be there
                .setPGStartupWait(Duration.ofMinutes(2))
                .start();
                Gate gate = Gate.before(server.getPort())) {
            configure(gate.port());
            gate.shut();
            try (SchedulerProcess early = SchedulerProcess.start(folder, "early", "run")) {
                assertThat(early.end()).isEqualTo(1);
                assertThat(early.log()).contains("Error: cannot reach the scheduler's database")
                        .doesNotContain("\tat ", "hunter22");
            }
            gate.open();
            try (SchedulerProcess scheduler = SchedulerProcess.start(folder, "run", "run")) {
                scheduler.await(() -> done(scheduler) > 1, "two runs");
                gate.shut();
                Files.writeString(folder.resolve("registry.yaml"), Files.readString(folder.resolve(
                        "registry.yaml")).replace("every: 2s", "every: 3s"));
                int before = done(scheduler);
                scheduler.await(() -> scheduler.log().contains("registry.yaml has changed"),
                        "the new file");
                scheduler.await("cannot "); // at the latest when it is to be taken
                gate.open();
                scheduler.await(() -> done(scheduler) > before + 2, "more runs");
                assertThat(scheduler.signal("TERM")).isEqualTo(143);
                assertThat(scheduler.log()).doesNotContain("\tat ", "hunter22",
                        "[statement:");
            }
            assertThat(SchedulerProcess.ask(folder, "list")).contains("every 3s")
                    .doesNotContain(
                            "running");
        }
    }

    private static int done(SchedulerProcess scheduler) {
        Matcher matcher = DONE.matcher(scheduler.log());
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }

    private void configure(int port) throws IOException {
        Files.writeString(folder.resolve("password"), "hunter22");
        Files.writeString(folder.resolve("registry.yaml"), """
                primary_registry: {url: embedded, storage: registry}
                cache: {local_cache_dir: cache}
                logging: {level: INFO}
                scheduler:
                  database: {url: "jdbc:postgresql://localhost:%d/postgres", username: postgres, password: "${file:password}"}
                  jobs:
                    health: {every: 2s}
                    cache_cleanup: {enabled: false}
                    garbage_collection: {enabled: false}
                """.formatted(port));
    }
}
