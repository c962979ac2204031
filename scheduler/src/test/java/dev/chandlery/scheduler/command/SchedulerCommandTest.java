package dev.chandlery.scheduler.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulerCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path config;

    @BeforeEach
    void write() throws IOException {
        config = Files.writeString(folder.resolve("registry.yaml"), """
                primary_registry: {url: embedded, storage: registry}
                repositories: {tools: {retention_days: 30}}
                cache: {local_cache_dir: cache}
                """);
    }

    @Test
    void aJobRunsOnceAndIsInTheHistory() throws IOException {
        assertThat(run("once", "health")).isZero();
        assertThat(text(out)).startsWith("health done: healthy");
        assertThat(run("once", "cache-cleanup", "-o", "json")).isZero();

        assertThat(run("history", "-o", "json")).isZero();
        JsonNode runs = JSON.readTree(text(out)).path("runs");
        assertThat(runs).hasSize(2);
        assertThat(runs.get(0).path("job").asText()).isEqualTo("cache-cleanup");
        assertThat(runs.get(0).path("result").asText()).isEqualTo("nothing-to-do");
        assertThat(runs.get(1).path("job").asText()).isEqualTo("health");

        assertThat(run("history", "--job", "health", "--result", "done", "--since", "1h")).isZero();
        assertThat(text(out)).contains("health").doesNotContain("cache-cleanup");
        assertThat(run("history", "--prune", "0s", "-o", "json")).isZero();
        assertThat(JSON.readTree(text(out)).path("runs")).isEmpty();
    }

    @Test
    void theListTellsNextAndLastRuns() throws IOException {
        run("once", "health");

        assertThat(run("list", "-o", "json")).isZero();
        JsonNode jobs = JSON.readTree(text(out)).path("jobs");
        assertThat(jobs).hasSize(9);
        JsonNode health = jobs.get(0);
        assertThat(health.path("when").asText()).isEqualTo("every 5m");
        assertThat(health.path("last").path("result").asText()).isEqualTo("done");
        assertThat(health.path("next").asText()).isNotEmpty();
        JsonNode publish = jobs.get(2);
        assertThat(publish.path("job").asText()).isEqualTo("publish");
        assertThat(publish.has("when")).isFalse();

        assertThat(run("list")).isZero();
        assertThat(text(out)).contains("cache-cleanup", "30 3 * * *", "retention", "0 4 * * *",
                "when asked", "never");
    }

    @Test
    void aRegistryThatIsNotWellIsAnIncidentUntilItIs() throws IOException {
        Files.writeString(folder.resolve("cache"), "not a folder");
        Files.writeString(config, """
                primary_registry: {url: embedded, storage: registry}
                cache: {local_cache_dir: cache}
                scheduler: {state_dir: state}
                """);
        assertThat(run("once", "health")).isZero();

        assertThat(run("incidents", "-o", "json")).isZero();
        JsonNode incident = JSON.readTree(text(out)).path("incidents").path(0);
        assertThat(incident.path("kind").asText()).isEqualTo("registry");
        assertThat(incident.path("open").asBoolean()).isTrue();

        Files.delete(folder.resolve("cache"));
        run("once", "health");
        assertThat(run("incidents")).isZero();
        assertThat(text(err)).contains("nothing is wrong");
        assertThat(run("incidents", "--all")).isZero();
        assertThat(text(out)).contains("registry").contains("cache");
    }

    @Test
    void wrongWordsAreTold() {
        assertThat(run("once", "publsh")).isEqualTo(2);
        assertThat(text(err)).contains("no such job: publsh").contains("cache-cleanup");
        assertThat(run("history", "--result", "good")).isEqualTo(2);
        assertThat(text(err)).contains("nothing-to-do");
        assertThat(run("history", "--since", "yesterday")).isEqualTo(2);
        assertThat(text(err)).contains("12h or 7d");
        assertThat(run("history", "--limit", "0")).isEqualTo(2);
        assertThat(run("alert", "test")).isEqualTo(2);
        assertThat(text(err)).contains("has no channels");
    }

    @Test
    void collectionAndRetentionRun() {
        assertThat(run("once", "garbage-collection")).isZero();
        assertThat(text(out)).contains("0 things removed");
        assertThat(run("once", "retention")).isZero();
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--config";
        all[arguments.length + 1] = config.toString();
        Console console = Console.plain(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), Map.of("HOME", folder
                        .toString()));
        return new Program(console, SchedulerCommand.class).run(all);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
