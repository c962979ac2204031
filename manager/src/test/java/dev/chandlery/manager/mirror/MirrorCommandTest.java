package dev.chandlery.manager.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.manager.transfer.Shelf;
import dev.chandlery.manager.transfer.Shelf.Outcome;
import dev.chandlery.testkit.Samples;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups and mirrors in folders of this machine; one of them cannot be reached. */
class MirrorCommandTest {
    private static final String REGISTRIES = """
            primary_registry: {url: embedded, namespace: test, storage: registry}
            backup_registries:
              - {url: "127.0.0.1:1", namespace: gone}
              - {url: embedded, namespace: spare, storage: spare}
            mirrors:
              newest:
                source: embedded/spare
                target: {url: embedded, storage: newest}
                what: {latest: 1, tags: [v*]}
            """;

    @TempDir
    Path folder;
    private Shelf shelf = new Shelf(Path.of("."));

    @BeforeEach
    void publish() throws IOException {
        shelf = new Shelf(folder);
        shelf.configure(REGISTRIES);
        shelf.ask("registry", "test/tools/hello", repository -> {
            Shelf.version(repository, "1.9");
            return Shelf.version(repository, "1.10");
        });
    }

    @Test
    void oneThatFailsDoesNotStopTheOthers() throws IOException {
        Outcome outcome = shelf.manager("mirror", "-o", "json");

        assertThat(outcome.code()).as(outcome.err()).isEqualTo(3);
        assertThat(outcome.err()).contains("Error: 127.0.0.1:1/gone: ");
        JsonNode mirrors = new JsonMapper().readTree(outcome.out()).path("mirrors");
        assertThat(mirrors.findValuesAsText("name")).containsExactly("127.0.0.1:1/gone",
                "embedded/spare", "newest");
        assertThat(mirrors.get(0).path("status").asText()).isEqualTo("failed");
        assertThat(mirrors.get(1).path("status").asText()).isEqualTo("done");
        assertThat(shelf.ask("spare", "spare/tools/hello", Shelf::tags)).hasSize(6);
        assertThat(shelf.ask("newest", "tools/hello", Shelf::tags)).containsOnlyKeys("v1.10",
                "v1.10-linux-x86_64", "v1.10-darwin-arm64");
    }

    @Test
    void namedOnesAlone() {
        Outcome dry = shelf.manager("mirror", "embedded/spare", "--dry-run");
        assertThat(dry.code()).as(dry.err()).isZero();
        assertThat(dry.out()).startsWith("embedded/spare").contains("tags 6 to copy");
        assertThat(folder.resolve("spare")).doesNotExist();

        assertThat(shelf.manager("mirror", "embedded/spare").code()).isZero();
        assertThat(shelf.manager("mirror", "embedded/spare").out()).contains("6 up to date");
        assertThat(shelf.manager("mirror", "127.0.0.1:1").code()).isEqualTo(1);
    }

    @Test
    void whatTheSourceLacksIsPrunedWhenAskedFor() {
        shelf.manager("mirror", "embedded/spare");
        shelf.ask("spare", "spare/tools/hello", r -> Shelf.version(r, "0.1"));
        shelf.ask("spare", "spare/tools/other", r -> Shelf.version(r, "0.1"));

        assertThat(shelf.manager("mirror", "embedded/spare").code()).isZero();
        assertThat(shelf.ask("spare", "spare/tools/hello", Shelf::tags)).hasSize(9);
        assertThat(shelf.manager("mirror", "embedded/spare", "--prune", "--dry-run").out())
                .contains("3 to remove");
        Outcome pruned = shelf.manager("mirror", "embedded/spare", "--prune");

        assertThat(pruned.code()).as(pruned.err()).isZero();
        assertThat(pruned.out()).contains("3 removed");
        assertThat(pruned.err()).contains(
                "Note: embedded/spare: tools/other: the source has no tags; 3 at the target were kept");
        assertThat(shelf.ask("spare", "spare/tools/hello", Shelf::tags)).hasSize(6)
                .doesNotContainKey("v0.1");
        shelf.manager("mirror", "embedded/spare", "--prune", "--prune-empty");
        assertThat(shelf.ask("spare", "spare/tools/other", Shelf::tags)).isEmpty();
        assertThat(shelf.manager("mirror", "--prune-empty").code()).isEqualTo(2);
    }

    @Test
    void aMirrorIsPrunedWithinItsPatterns() {
        shelf.manager("mirror", "embedded/spare");
        shelf.manager("mirror", "newest");
        shelf.ask("newest", "tools/hello", r -> Shelf.tag(r, Samples.image(Samples.pushEmpty(r)),
                "mine"));

        assertThat(shelf.manager("mirror", "newest", "--prune").code()).isZero();
        assertThat(shelf.ask("newest", "tools/hello", Shelf::tags)).containsKey("mine");
    }

    @Test
    void nothingToKeepUpToDateIsTold() throws IOException {
        shelf.configure("primary_registry: {url: embedded, storage: registry}");

        assertThat(shelf.manager("mirror").err()).contains("neither backup_registries nor mirrors");
    }
}
