package dev.chandlery.manager.command.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.Program;
import dev.chandlery.config.ConfigSchema;
import dev.chandlery.manager.command.ManagerCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    private static final String GOOD = """
            # our registry
            primary_registry: {url: ghcr.io, auth_method: docker, password: "${env:TOKEN}"}
            """;
    private static final String BAD = """
            primary_registry: {url: embedded}
            repositories:
              tools: {retention_dayz: 3}
            cach: {}
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void validFileIsToldSo() throws IOException {
        Path file = write(GOOD);

        assertThat(run("config", "validate", file.toString())).isEqualTo(0);

        assertThat(output()).isEqualTo(file + " is valid: 0 tools\n");
        assertThat(errors()).isEmpty();
    }

    @Test
    void everyProblemIsAnErrorLine() throws IOException {
        Path file = write(BAD);

        assertThat(run("config", "validate", file.toString())).isEqualTo(2);

        assertThat(output()).isEmpty();
        assertThat(errors().lines()).containsExactly("Error: " + file
                + ":3:11: repositories.tools.retention_dayz: unknown key, did you mean retention_days?",
                "Error: " + file + ":4:1: cach: unknown key, did you mean cache?");
    }

    @Test
    void withoutAFileTheOneThatCommandsUseIsChecked() throws IOException {
        Path file = write(BAD);

        assertThat(run("config", "validate", "--config", file.toString())).isEqualTo(2);
        assertThat(run("--config", file.toString(), "config", "validate")).isEqualTo(2);
        assertThat(run("config", "validate", folder.resolve("none.yaml").toString())).isEqualTo(2);
        assertThat(errors()).contains("no such file");
    }

    @Test
    void problemsAndNoticesAsJson() throws IOException {
        assertThat(run("config", "validate", "-o", "json", write(BAD).toString())).isEqualTo(2);
        JsonNode bad = json();
        assertThat(run("config", "validate", "-o", "json", write(
                "primary_registry: {url: embedded}\nsecurity: {scan_vulnerabilities: true}\n")
                .toString())).isEqualTo(0);
        JsonNode good = json();

        assertThat(bad.at("/valid").asBoolean()).isFalse();
        assertThat(bad.at("/problems/0/line").asInt()).isEqualTo(3);
        assertThat(bad.at("/problems/0/path").asText()).isEqualTo(
                "repositories.tools.retention_dayz");
        assertThat(good.at("/valid").asBoolean()).isTrue();
        assertThat(good.at("/notices/0/path").asText()).isEqualTo("security.scan_vulnerabilities");
    }

    @Test
    void noticesAreToldUnlessQuiet() throws IOException {
        Path file = write(
                "primary_registry: {url: embedded}\nsecurity: {scan_vulnerabilities: true}\n");

        assertThat(run("config", "validate", file.toString())).isEqualTo(0);
        assertThat(output()).endsWith("1 key is without effect\n");
        assertThat(errors()).contains(":2:34: security.scan_vulnerabilities: not yet supported");
        err.reset();
        assertThat(run("-q", "config", "validate", file.toString())).isEqualTo(0);
        assertThat(errors()).isEmpty();
    }

    @Test
    void showPrintsTheFileOrAllValuesWithoutSecrets() throws IOException {
        Path file = write(GOOD);

        assertThat(run("config", "show", "-c", file.toString())).isEqualTo(0);
        assertThat(output()).isEqualTo(GOOD);
        out.reset();
        assertThat(run("config", "show", "-c", file.toString(), "--effective")).isEqualTo(0);
        assertThat(output()).startsWith("# " + file)
                .contains("parallel_uploads: 4",
                        "password: ${env:TOKEN}")
                .doesNotContain("hunter2");
        out.reset();
        assertThat(run("config", "show", "-c", file.toString(), "--effective", "-o", "json"))
                .isEqualTo(0);
        assertThat(json().at("/publishing/parallel_uploads").asInt()).isEqualTo(4);
        assertThat(run("config", "show", "-c", file.toString(), "-o", "json")).isEqualTo(2);
        assertThat(errors()).contains("Hint: add --effective");
    }

    @Test
    void schemaNeedsNoConfiguration() {
        assertThat(run("config", "schema")).isEqualTo(0);
        assertThat(output()).isEqualTo(ConfigSchema.json());
    }

    private int run(String... args) {
        PrintStream stdout = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream stderr = new PrintStream(err, true, StandardCharsets.UTF_8);
        Map<String, String> environment = Map.of("HOME", "/home/user", "TOKEN", "hunter2");
        return new Program(Console.plain(stdout, stderr, environment), ManagerCommand.class).run(
                args);
    }

    private JsonNode json() throws IOException {
        JsonNode document = new ObjectMapper().readTree(output());
        out.reset();
        return document;
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("registry.yaml"), yaml);
    }
}
