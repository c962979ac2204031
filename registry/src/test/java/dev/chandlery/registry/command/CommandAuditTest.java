package dev.chandlery.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.registry.collect.Served;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands write down of what they change. */
final class CommandAuditTest {
    private static final Bytes LAYER = Bytes.ofUtf8("layer");
    private static final Bytes OTHER = Bytes.ofUtf8("other layer");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;
    private Path audit;
    private Served registry;

    @BeforeEach
    void start() throws IOException {
        audit = folder.resolve("written");
        registry = Served.start(Files.createDirectory(folder.resolve("storage")));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private CommandRun run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--audit-log", audit.toString()));
        CommandRun run = CommandRun.of(registry.folder(), all.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(audit)) {
            for (String line : Files.readAllLines(files.findFirst().orElseThrow())) {
                JsonNode entry = JSON.readTree(line);
                assertThat(entry.path("actor").asText()).isEqualTo("command:" + System.getProperty(
                        "user.name"));
                assertThat(entry.path("time").asText()).isNotEmpty();
                assertThat(entry.path("result").asText()).isEqualTo("done");
                lines.add((entry.path("operation").asText() + " " + entry.path("repository")
                        .asText() + " " + entry.path("target").asText() + " " + entry.path("digest")
                                .asText()).strip());
            }
        }
        return lines;
    }

    @Test
    void collectionsAndRetention() throws IOException {
        Digest old = registry.pushImage("a", "v1", LAYER);
        registry.age(java.time.Duration.ofDays(1));
        registry.pushImage("a", "v2", OTHER);
        Digest untagged = registry.pushImage("b", "v1", LAYER);
        registry.pushImage("b", "v1", OTHER);
        run("retention", "--keep-last", "1", "--dry-run", "--repositories", "a");
        run("gc", "--grace", "0s", "--untagged-after", "0s", "--dry-run");
        assertThat(audit).doesNotExist();
        run("retention", "--keep-last", "1", "--repositories", "a");
        run("gc", "--grace", "0s", "--untagged-after", "0s");
        assertThat(lines()).containsExactly("delete-manifest a v1 " + old, "delete-manifest b  "
                + untagged);
    }

    @Test
    void repairsAndTokens() throws IOException {
        registry.pushImage("a", "v1", LAYER);
        registry.sql("DELETE FROM manifest_reference");
        run("fsck", "--repair");
        run("token", "create", "ci", "--scope", "oci:repository:a:pull");
        run("token", "revoke", "ci");
        assertThat(lines()).hasSize(3)
                .anyMatch(line -> line.startsWith(
                        "repair missing references a sha256:"))
                .endsWith("create-token  ci", "revoke-token  ci");
    }
}
