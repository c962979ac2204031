package dev.chandlery.scheduler.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.Program;
import dev.chandlery.cli.registry.SecretTexts;
import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.operation.JobKind;
import dev.chandlery.scheduler.history.RunRecord;
import dev.chandlery.scheduler.history.Store;
import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.job.Result;
import dev.chandlery.scheduler.lock.JobLocks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scheduler list} and {@code history}, of histories that are not ordinary. */
class ListsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JobName HEALTH = JobName.of(JobKind.HEALTH);

    @TempDir
    Path folder;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path config;
    private Store store;

    @BeforeEach
    void open() throws IOException {
        config = Files.writeString(folder.resolve("registry.yaml"), """
                primary_registry: {url: embedded, storage: registry}
                cache: {local_cache_dir: cache}
                scheduler:
                  time_zone: Europe/Berlin
                  jobs: {health: {every: 1h}, verify: {cron: "30 2 * * *"}, detect: {enabled: false}}
                """);
        store = Store.open(ConfigLoader.load(config, Map.of()), new SecretTexts(Map.of(), folder));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatNeverRanSaysSo() throws IOException {
        JsonNode health = listed("health");
        assertThat(health.has("last")).isFalse();
        assertThat(Instant.parse(health.path("next").asText())).as("an interval begins at once")
                .isBetween(now, Instant.now());
        assertThat(listed("verify").path("when").asText()).isEqualTo("30 2 * * * Europe/Berlin");
        assertThat(listed("detect").has("next")).isFalse();
        assertThat(run("history")).isZero();
        assertThat(text(out)).isEmpty();
        assertThat(text(err)).contains("no runs");
    }

    @Test
    void whatRunsNowIsShownThoughSomebodyAskedForItAgain() throws IOException {
        add("a", now.minusSeconds(7_200), Result.DONE);
        add("b", now.minusSeconds(60), Result.RUNNING);
        add("c", now.minusSeconds(30), Result.SKIPPED);
        try (JobLocks.Held _ = JobLocks.of(store).tryTake("health").orElseThrow()) {
            JsonNode last = listed("health").path("last");
            assertThat(last.path("result").asText()).isEqualTo("running");
            assertThat(last.has("ended")).isFalse();
            assertThat(last.has("duration_ms")).isFalse();
            assertThat(run("list")).isZero();
            assertThat(text(out)).containsPattern("health +every 1h .*running");
        }
    }

    /** What was skipped, lost or stopped is made up for: it does not put the next run off. */
    @Test
    void theNextRunIsReckonedAsTheSchedulerDoes() throws IOException {
        add("a", now.minusSeconds(1_800), Result.DONE);
        add("b", now.minusSeconds(60), Result.STOPPED);
        assertThat(listed("health").path("next").asText()).isEqualTo(now.plusSeconds(1_800)
                .toString());
        assertThat(listed("health").path("last").path("result").asText()).isEqualTo("stopped");
    }

    @Test
    void aRunWhoseProcessDiedIsLost() throws IOException {
        add("a", now.minusSeconds(60), Result.RUNNING); // and nobody holds its lock
        assertThat(listed("health").path("last").path("result").asText()).isEqualTo("lost");
        assertThat(ids("--result", "running")).isEmpty();
        assertThat(ids("--result", "lost")).containsExactly("a");
    }

    @Test
    void ofManyTheLatestAreShown() throws IOException {
        for (int i = 0; i < 300; i++) {
            add("run-" + i, now.minus(Duration.ofHours(i)), i % 3 == 0
                    ? Result.FAILED
                    : Result.DONE);
        }
        assertThat(ids()).hasSize(20).startsWith("run-0", "run-1").endsWith("run-19");
        assertThat(ids("--limit", "10000")).hasSize(300);
        assertThat(ids("--result", "failed", "--job", "health", "--since", "10h"))
                .containsExactly("run-0", "run-3", "run-6", "run-9");
        assertThat(ids("--result", "failed", "--limit", "2")).containsExactly("run-0", "run-3");
        assertThat(run("history", "--limit", "10001")).isEqualTo(2);
        assertThat(text(err)).contains("expected 1 to 10000 runs, got 10001");
        assertThat(ids("--since", "2030-01-01")).isEmpty();
        assertThat(ids("--job", "mirror:gone")).isEmpty();
        assertThat(ids("--prune", "100h", "--limit", "10000")).hasSize(100);
    }

    /** Programs read this. */
    @Test
    void theDocumentIsTheSameEachTime() throws IOException {
        Instant at = Instant.parse("2026-10-25T00:30:00Z"); // 2:30 in Berlin, the first of two
        store.history()
                .begin(new RunRecord("verify-1", JobName.of(JobKind.VERIFY), new RunRecord.Times(at,
                        at.plusMillis(5), Optional.empty()), "node-1", 1, Result.RUNNING, ""));
        store.history()
                .end("verify-1", at.plusSeconds(90), Result.PARTLY, "1 of 2\nsecond \"line\"");
        String expected = """
                {
                  "runs": [
                    {
                      "id": "verify-1",
                      "job": "verify",
                      "result": "partly",
                      "summary": "1 of 2\\nsecond \\"line\\"",
                      "scheduled": "2026-10-25T00:30:00Z",
                      "started": "2026-10-25T00:30:00.005Z",
                      "ended": "2026-10-25T00:31:30Z",
                      "duration_ms": 89995,
                      "node": "node-1",
                      "attempt": 1
                    }
                  ]
                }
                """;
        assertThat(run("history", "-o", "json")).isZero();
        assertThat(text(out)).isEqualTo(expected);
        assertThat(run("history", "-o", "json")).isZero();
        assertThat(text(out)).isEqualTo(expected);
        assertThat(run("history")).isZero();
        assertThat(text(out)).contains(
                "2026-10-25T00:30:00Z  verify  partly  89 s  node-1  1 of 2");
    }

    /** Summaries quote what others say. */
    @Test
    void nobodyWritesOnTheTerminal() {
        store.history()
                .begin(new RunRecord("a", HEALTH, new RunRecord.Times(now, now, Optional.of(now)),
                        "n\u001b[2J", 1, Result.FAILED,
                        "\u001b]0;owned\u0007 red \u009b31m \u202e"));
        assertThat(run("history")).isZero();
        assertThat(text(out)).contains("red")
                .doesNotContain("\u001b", "\u0007", "\u009b", "\u202e");
    }

    private void add(String id, Instant started, Result result) {
        store.history()
                .begin(new RunRecord(id, HEALTH, new RunRecord.Times(started, started, Optional
                        .empty()), "n", 1, result, ""));
    }

    private List<String> ids(String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("history", "-o", "json"));
        arguments.addAll(List.of(options));
        assertThat(run(arguments.toArray(String[]::new))).as(text(err)).isZero();
        List<String> ids = new ArrayList<>();
        JSON.readTree(text(out)).path("runs").forEach(run -> ids.add(run.path("id").asText()));
        return ids;
    }

    private JsonNode listed(String job) throws IOException {
        assertThat(run("list", "-o", "json")).isZero();
        for (JsonNode each : JSON.readTree(text(out)).path("jobs")) {
            if (each.path("job").asText().equals(job)) {
                return each;
            }
        }
        throw new AssertionError("no " + job);
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", config.toString()));
        Console console = Console.plain(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), Map.of("HOME", folder
                        .toString()));
        return new Program(console, SchedulerCommand.class).run(all.toArray(String[]::new));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
