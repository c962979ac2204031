package dev.chandlery.manager.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands in this process, on the embedded registry with tools that a test published. */
class ManagerCommandTest {
    private static final String PLATFORMS = "[linux-x86_64, darwin-arm64]";

    @TempDir
    Path folder;

    record Outcome(int code, String out, String err) {}

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(folder.resolve("registry.yaml"), """
                primary_registry: {url: embedded, namespace: test, storage: registry}
                cache: {local_cache_dir: cache}
                publishing:
                  tool_sources:
                    hello:
                      http: {url: "http://127.0.0.1:1/{version}-{platform}", versions: ["1.0"]}
                      platforms: %s
                """.formatted(PLATFORMS));
    }

    @Test
    void healthIsToldInJsonWithTrueValues() throws IOException {
        Published.publish(folder, "1.0", "linux-x86_64", "darwin-arm64");

        Outcome outcome = manager("health");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        JsonNode health = json(outcome);
        assertThat(health.path("status").asText()).isEqualTo("healthy");
        JsonNode registry = health.path("checks").path("primary_registry");
        assertThat(registry.path("test_tags_found").asInt()).isEqualTo(3);
        assertThat(registry.path("writable").asBoolean()).isTrue();
        assertThat(registry.path("response_time_ms").isIntegralNumber()).isTrue();
        assertThat(health.path("checks").path("cache").path("writable").asBoolean()).isTrue();
        assertThat(health.path("metrics").path("cache_hits").asInt()).isZero();
    }

    @Test
    void anUnreachableRegistryIsUnhealthy() throws IOException {
        Path config = folder.resolve("registry.yaml");
        Files.writeString(config, Files.readString(config)
                .replace("url: embedded",
                        "url: \"127.0.0.1:1\"")
                .replace("publishing:\n", "publishing:\n  retry_attempts: 0\n"));

        Outcome outcome = manager("health");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(json(outcome).path("status").asText()).isEqualTo("unhealthy");
        assertThat(json(outcome).path("checks").path("primary_registry").path("error").asText())
                .contains("127.0.0.1:1");
    }

    @Test
    void aBackupThatIsNotWellDegrades() throws IOException {
        Path config = folder.resolve("registry.yaml");
        Files.writeString(config, Files.readString(config)
                + "backup_registries: [{url: \"127.0.0.1:1\", namespace: spare}]\n");

        Outcome outcome = manager("health");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(json(outcome).path("status").asText()).isEqualTo("degraded");
        JsonNode backup = json(outcome).path("checks").path("backup_registries").get(0);
        assertThat(backup.path("url").asText()).isEqualTo("127.0.0.1:1/spare");
        assertThat(backup.path("status").asText()).isEqualTo("unhealthy");
        assertThat(manager("health", "-o", "text").out()).startsWith("degraded")
                .contains("backup 127.0.0.1:1/spare: cannot ");
    }

    @Test
    void aCacheThatCannotBeDegrades() throws IOException {
        Files.writeString(folder.resolve("cache"), "a file");

        Outcome outcome = manager("health");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(json(outcome).path("status").asText()).isEqualTo("degraded");
        JsonNode cache = json(outcome).path("checks").path("cache");
        assertThat(cache.path("status").asText()).isEqualTo("warning");
        assertThat(cache.path("writable").asBoolean()).isFalse();
    }

    @Test
    void pullPutsFilesAndCountsTheCache() throws IOException {
        Published.publish(folder, "1.0", "linux-x86_64");
        Published.publish(folder, "1.10", "linux-x86_64");
        Path out = folder.resolve("out");

        Outcome newest = manager("pull", "hello", "--platform", "linux/amd64", "-o", out
                .toString());
        Outcome again = manager("pull", "hello@v1.10", "--platform", "linux-x86_64", "-o", out
                .toString(), "--format", "json");

        assertThat(newest.code()).as(newest.err()).isZero();
        assertThat(newest.out()).startsWith("hello 1.10 for linux-x86_64");
        assertThat(out.resolve("bin/hello")).hasContent("hello 1.10 linux-x86_64").isExecutable();
        assertThat(json(again).path("cache_misses").asInt()).isZero();
        JsonNode metrics = json(manager("metrics"));
        assertThat(metrics.path("cache_hits").asInt()).isEqualTo(2);
        assertThat(metrics.path("cache_misses").asInt()).isEqualTo(2);
        assertThat(metrics.path("cache_files").asInt()).isEqualTo(2);
        assertThat(manager("cleanup", "--older-than", "0").out()).startsWith("Removed 2 files");
    }

    @Test
    void pullCleansTheCacheUpFirstWhereItIsAskedTo() throws IOException {
        Published.publish(folder, "1.0", "linux-x86_64");
        String[] pull = {"pull", "hello", "--platform", "linux/amd64", "-o", folder.resolve("out")
                .toString(), "--format", "json"};
        Path config = folder.resolve("registry.yaml");
        Files.writeString(config, Files.readString(config)
                .replace("cache: {", "cache: {cleanup_older_than_days: 0, "));
        manager(pull);
        assertThat(json(manager(pull)).path("cache_hits").asInt()).isEqualTo(2);

        Files.writeString(config, Files.readString(config)
                .replace("cache: {", "cache: {cleanup_on_startup: true, "));

        Outcome cleaned = manager(pull);
        assertThat(cleaned.code()).as(cleaned.err()).isZero();
        assertThat(cleaned.err()).doesNotContain("not yet supported");
        assertThat(json(cleaned).path("cache_misses").asInt()).isEqualTo(2);
    }

    @Test
    void pullTellsWhatThereIsInstead() throws IOException {
        assertThat(manager("pull", "hello").err()).contains("no version of it is published");
        Published.publish(folder, "1.0", "linux-x86_64");

        Outcome version = manager("pull", "hello@2.0");
        assertThat(version.code()).isEqualTo(1);
        assertThat(version.err()).contains("hello 2.0: not published", "the newest are 1.0");
        Outcome platform = manager("pull", "hello", "--platform", "darwin-arm64");
        assertThat(platform.code()).isEqualTo(1);
        assertThat(platform.err()).contains("published are [linux-x86_64]");
        Outcome tool = manager("pull", "helo");
        assertThat(tool.code()).isEqualTo(2);
        assertThat(folder.resolve("helo")).doesNotExist();
    }

    @Test
    void versionsTellWhatIsPublishedAndWhatIsMissing() throws IOException {
        Published.publish(folder, "1.0", "linux-x86_64");
        Published.publish(folder, "0.9", "linux-x86_64", "darwin-arm64");

        JsonNode both = json(manager("versions", "hello", "-o", "json")).path("versions");
        assertThat(both.get(0).path("version").asText()).isEqualTo("1.0");
        assertThat(both.get(0).path("upstream").asBoolean()).isTrue();
        assertThat(both.get(0).path("absent").get(0).asText()).isEqualTo("darwin-arm64");
        assertThat(both.get(1).path("upstream").asBoolean()).isFalse();
        assertThat(manager("versions", "hello", "--upstream").out()).contains("1.0")
                .doesNotContain("0.9");
        assertThat(manager("versions", "hello", "--published").out()).contains("0.9",
                "published in part");
    }

    @Test
    void versionsTellWhatIsPublishedWhenUpstreamIsDown() throws IOException {
        Published.publish(folder, "1.0", "linux-x86_64");
        Files.writeString(folder.resolve("registry.yaml"), """
                primary_registry: {url: embedded, namespace: test, storage: registry}
                cache: {local_cache_dir: cache}
                publishing:
                  retry_attempts: 0
                  tool_sources:
                    hello:
                      github_repo: o/hello
                      github: {asset: "hello-{platform}", api: "http://127.0.0.1:1/api"}
                      platforms: %s
                """.formatted(PLATFORMS));

        Outcome text = manager("versions", "hello");
        assertThat(text.code()).as(text.err()).isEqualTo(3);
        assertThat(text.out()).contains("1.0", "published in part").doesNotContain("not upstream");
        assertThat(text.err()).contains("Error: cannot list releases of o/hello",
                "only what is published follows");
        JsonNode json = json(manager("versions", "hello", "-o", "json"));
        assertThat(json.path("upstreamError").asText()).contains("cannot list releases");
        assertThat(json.path("versions").get(0).has("upstream")).isFalse();
        assertThat(manager("versions", "hello", "--upstream").code()).isEqualTo(1);
        assertThat(manager("versions", "hello", "--published").code()).isZero();
    }

    @Test
    void setupTellsOfEachRepository() throws IOException {
        assertThat(manager("setup").out()).contains("test/tools/hello", "ready, empty");
        Published.publish(folder, "1.0", "linux-x86_64");
        assertThat(manager("setup").out()).contains("ready").doesNotContain("empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pull", "pull hello --platform amiga", "versions",
            "versions hello -n 0",
            "versions hello --upstream --published", "cleanup --older-than -1", "nothing",
            "health -o xml"})
    void wrongUseIsExitCodeTwo(String arguments) {
        Outcome outcome = manager(arguments.split(" ", -1));

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("Error: ");
        assertThat(outcome.out()).isEmpty();
    }

    private Outcome manager(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.plain(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), Map.of("CHANDLERY_CONFIG",
                        folder.resolve("registry.yaml").toString(), "HOME", folder.toString()));
        int code = new Program(console, ManagerCommand.class).run(arguments);
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(
                StandardCharsets.UTF_8));
    }

    private static JsonNode json(Outcome outcome) throws IOException {
        return new JsonMapper().readTree(outcome.out());
    }
}
