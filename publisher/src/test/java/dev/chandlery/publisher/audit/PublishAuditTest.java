package dev.chandlery.publisher.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.config.operation.LoggingSpec;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.concurrent.RunId;
import dev.chandlery.oci.concurrent.TaskScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishAuditTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-10T12:00:00Z"),
            ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void eachDecisionIsALineOfItsDay() throws IOException {
        PublishAudit audit = open(true);
        audit.write(Decision.of(Decision.Kind.REFUSED, "hello", "1.0.0", Map.of("reason",
                "line\nbreak", "platform", "linux-x86_64")));
        audit.write(Decision.of(Decision.Kind.MOVED_TAG, "hello", "1.0.0", Map.of("tag",
                "v1.0.0")));

        List<String> lines = Files.readAllLines(folder.resolve("publish-2026-03-10.jsonl"));

        assertThat(lines).hasSize(2);
        JsonNode first = new JsonMapper().readTree(lines.getFirst());
        assertThat(first.path("time").asText()).isEqualTo("2026-03-10T12:00:00Z");
        assertThat(first.path("event").asText()).isEqualTo("refused");
        assertThat(first.path("reason").asText()).isEqualTo("line\nbreak");
        assertThat(first.path("run").asText()).isNotEmpty();
        assertThat(lines.getLast()).contains("\"event\":\"moved-tag\"");
    }

    @Test
    void theRunOfTheSchedulerIsTheRunOfTheAudit() throws IOException {
        RunId.with("publish-0123", () -> {
            open(true).write(Decision.of(Decision.Kind.KEPT, "hello", "1.0.0", Map.of()));
            return true;
        });
        assertThat(folder.resolve("publish-2026-03-10.jsonl")).content()
                .contains(
                        "\"run\":\"publish-0123\"");
    }

    @Test
    void filesAreKeptAsLongAsAskedFor() throws IOException {
        for (String name : List.of("publish-2025-12-09.jsonl", "publish-2025-12-10.jsonl",
                "publish-old.jsonl", "audit-2020-01-01.jsonl")) {
            Files.writeString(folder.resolve(name), "{}\n");
        }
        open(true);

        assertThat(folder.resolve("publish-2025-12-09.jsonl")).doesNotExist();
        assertThat(folder).isDirectoryContaining("glob:**publish-2025-12-10.jsonl")
                .isDirectoryContaining("glob:**publish-old.jsonl")
                .isDirectoryContaining("glob:**audit-2020-01-01.jsonl");
    }

    @Test
    void writersAtTheSameTimeDoNotTearLines() throws IOException {
        TaskScope.mapAll("writers", IntStream.range(0, 8).boxed().toList(), writer -> {
            PublishAudit audit = open(true);
            for (int i = 0; i < 20; i++) {
                audit.write(Decision.of(Decision.Kind.KEPT, "tool" + writer, "1." + i, Map.of(
                        "filler", "x".repeat(500))));
            }
            return true;
        });

        List<String> lines = Files.readAllLines(folder.resolve("publish-2026-03-10.jsonl"));
        assertThat(lines).hasSize(160);
        for (String line : lines) {
            new JsonMapper().readTree(line);
        }
    }

    @Test
    void aLineThatWasTornByAKillSpoilsNoOther() throws IOException {
        Path file = folder.resolve("publish-2026-03-10.jsonl");
        Files.writeString(file, "{\"time\":\"2026-03-");

        open(true).write(Decision.of(Decision.Kind.KEPT, "hello", "1.0.0", Map.of()));

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        assertThat(new JsonMapper().readTree(lines.getLast()).path("tool").asText()).isEqualTo(
                "hello");
    }

    @Test
    void nothingIsWrittenUnlessAskedFor() {
        open(false).write(Decision.of(Decision.Kind.KEPT, "hello", "1", Map.of()));

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aLogThatCannotBeWrittenStopsTheRun() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> PublishAudit.open(new LoggingSpec(LoggingSpec.Level.WARN,
                LoggingSpec.Format.TEXT, true, file, 90), NOON)).isInstanceOf(
                        StorageException.class)
                .hasMessageContaining(
                        "cannot write the audit log in " + file);
    }

    private PublishAudit open(boolean enabled) {
        return PublishAudit.open(new LoggingSpec(LoggingSpec.Level.WARN, LoggingSpec.Format.TEXT,
                enabled, folder, 90), NOON);
    }
}
