package dev.chandlery.manager.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.manager.transfer.Shelf;
import dev.chandlery.manager.transfer.Shelf.Outcome;
import dev.chandlery.testkit.hostile.Answer;
import dev.chandlery.testkit.hostile.HostileRegistry;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading when the primary registry is away, lacks content, or serves wrong bytes. */
class FallbackTest {
    private static final String SPARE =
            "\nbackup_registries: [{url: embedded, namespace: spare, storage: spare}]";

    @TempDir
    Path folder;
    private Shelf shelf = new Shelf(Path.of("."));

    @BeforeEach
    void publish() {
        shelf = new Shelf(folder);
        shelf.ask("spare", "spare/tools/hello", r -> Shelf.version(r, "1.0"));
    }

    @Test
    void anUnreachablePrimaryIsStoodInFor() throws IOException {
        shelf.configure("primary_registry: {url: \"127.0.0.1:1\"}" + SPARE);

        Outcome pulled = pull();
        Outcome versions = shelf.manager("versions", "hello", "--published", "-o", "json");

        assertThat(pulled.code()).as(pulled.err()).isZero();
        assertThat(pulled.err()).contains("Warning: 127.0.0.1:1: cannot ",
                "read from backup registry embedded/spare");
        assertThat(json(pulled).path("registry").asText()).isEqualTo("embedded/spare");
        assertThat(json(versions).path("registry").asText()).isEqualTo("embedded/spare");
        assertThat(json(versions).at("/versions/0/version").asText()).isEqualTo("1.0");
    }

    @Test
    void whatThePrimaryLacksComesFromABackup() throws IOException {
        shelf.configure("primary_registry: {url: embedded, storage: registry}" + SPARE);

        Outcome pulled = pull();

        assertThat(pulled.code()).as(pulled.err()).isZero();
        assertThat(pulled.err()).contains("Warning: embedded: cannot pull hello");
        assertThat(json(pulled).path("registry").asText()).isEqualTo("embedded/spare");
    }

    @Test
    void wrongBytesAreToldLoudly() throws IOException {
        try (HostileRegistry hostile = HostileRegistry.start()) {
            String type = "application/vnd.oci.image.manifest.v1+json";
            Answer wrong = Answer.of(200, "{}").with("Content-Type", type);
            hostile.always("GET", "/v2/tools/hello/tags/list", _ -> Answer.of(200,
                    "{\"name\":\"tools/hello\",\"tags\":[\"v1.0\",\"v1.0-linux-x86_64\"]}"));
            hostile.always("GET", "/v2/tools/hello/manifests/v1.0", _ -> Answer.of(200,
                    "{\"schemaVersion\":2,\"manifests\":[]}")
                    .with("Content-Type", "application/vnd.oci.image.index.v1+json"));
            hostile.always("HEAD", "/v2/tools/hello/manifests/.*", _ -> wrong.with(
                    "Docker-Content-Digest", "sha256:" + "0".repeat(64)));
            hostile.always("GET", "/v2/tools/hello/manifests/sha256:.*", _ -> wrong);
            shelf.configure("primary_registry: {url: \"" + hostile.registry() + "\"}" + SPARE);

            Outcome pulled = pull();

            assertThat(pulled.code()).as(pulled.err()).isZero();
            assertThat(pulled.err()).contains("SERVES WRONG CONTENT");
            assertThat(json(pulled).path("registry").asText()).isEqualTo("embedded/spare");
        }
    }

    @Test
    void thePrimarysFailureIsTheErrorWhenAllFail() throws IOException {
        shelf.configure("primary_registry: {url: \"127.0.0.1:1\"}\n"
                + "backup_registries: [{url: \"127.0.0.1:2\"}]");

        Outcome pulled = pull();

        assertThat(pulled.code()).isEqualTo(1);
        assertThat(pulled.err()).contains("Warning: 127.0.0.1:2: ")
                .containsPattern("Error: .*127\\.0\\.0\\.1:1");
    }

    private Outcome pull() {
        return shelf.manager("pull", "hello@1.0", "--platform", "linux-x86_64", "-o", folder
                .resolve("out")
                .toString(), "--format", "json");
    }

    private static JsonNode json(Outcome outcome) throws IOException {
        return new JsonMapper().readTree(outcome.out());
    }
}
