package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.embedded.EmbeddedRegistry;
import dev.chandlery.publisher.command.TestHouse.Outcome;
import dev.chandlery.testkit.upstream.FlawedSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is published goes to backups too; that one cannot be reached keeps nothing from being published. */
class BackupsTest {
    private static final List<String> PLATFORMS = List.of("linux-x86_64", "darwin-arm64");
    private static final String SPARE = "{url: embedded, namespace: spare, storage: spare}";
    private static final String GONE = "{url: \"127.0.0.1:1\", namespace: gone}";

    @TempDir
    Path folder;
    private final FlawedSite site = new FlawedSite();
    private TestHouse house = new TestHouse(Path.of("."), site);

    @BeforeEach
    void furnish() {
        house = new TestHouse(folder, site);
        house.release("hello", "1.0.0", PLATFORMS);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void backupsGetTheVerySameBytesAndAFailureOfOneIsOnlyTold() throws IOException {
        configure(GONE + ", " + SPARE);

        Outcome outcome = house.publish("-o", "json");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        JsonNode backups = new JsonMapper().readTree(outcome.out()).path("backups");
        assertThat(backups.get(0).path("registry").asText()).isEqualTo("127.0.0.1:1/gone");
        assertThat(backups.get(0).path("status").asText()).isEqualTo("failed");
        assertThat(backups.get(1).path("status").asText()).isEqualTo("done");
        assertThat(backups.get(1).path("tags_copied").asInt()).isEqualTo(3);
        assertThat(outcome.err()).contains("Warning: backup 127.0.0.1:1/gone: cannot ",
                "the next run catches up");
        assertThat(spare()).hasSize(3).isEqualTo(house.tags(TestHouse.REPOSITORY));
        long evidence = ask(TestHouse.REPOSITORY.replace("test/", "spare/"));
        assertThat(evidence).as("upstream's files, SBOM, provenance").isEqualTo(3);
    }

    @Test
    void whatIsMissingInABackupIsCaughtUp() throws IOException {
        configure("");
        house.publish();
        configure(SPARE);

        Outcome later = house.publish();

        assertThat(later.code()).as(later.err()).isZero();
        assertThat(later.out()).startsWith("Nothing to publish")
                .contains(
                        "Backup embedded/spare: 3 tags copied");
        assertThat(spare()).isEqualTo(house.tags(TestHouse.REPOSITORY));
    }

    @Test
    void aDryRunLeavesBackupsAlone() throws IOException {
        configure(SPARE);

        assertThat(house.publish("--dry-run").code()).isZero();
        assertThat(folder.resolve("spare")).doesNotExist();
    }

    private SortedMap<String, Digest> spare() {
        try (var handle = EmbeddedRegistry.load().open(folder.resolve("spare"))) {
            return TestHouse.ask(handle.registry(), "spare/tools/hello", TestHouse::digests);
        }
    }

    private long ask(String repository) {
        try (var handle = EmbeddedRegistry.load().open(folder.resolve("spare"))) {
            return TestHouse.ask(handle.registry(), repository, remote -> {
                Digest subject = remote.resolve(new Tag("v1.0.0-linux-x86_64")).digest();
                try (var found = remote.referrerLister().orElseThrow().referrers(subject)) {
                    return found.count();
                }
            });
        }
    }

    private void configure(String backups) throws IOException {
        Path file = house.config("embedded", List.of("hello"), "[\"1.0.0\"]",
                "[linux-x86_64, darwin-arm64]");
        Files.writeString(file, Files.readString(file) + "backup_registries: [" + backups + "]\n");
    }
}
