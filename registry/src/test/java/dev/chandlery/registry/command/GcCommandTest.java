package dev.chandlery.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.registry.collect.Graphs;
import dev.chandlery.registry.collect.Served;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code registry gc} beside a registry that answers. */
final class GcCommandTest {
    private static final Bytes LAYER = Bytes.ofUtf8("layer");
    private static final Bytes STRAY = Bytes.ofUtf8("a stray blob");

    @TempDir
    private Path folder;
    private Served registry;

    @BeforeEach
    void start() {
        registry = Served.start(folder);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void keepsWithoutOptionsWhatIsYoung() {
        registry.client().pushBlob("a", STRAY);
        CommandRun run = CommandRun.of(folder, "gc");
        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("GONE ").containsPattern("unnamed blobs +0 +0 B");
        assertThat(registry.hasBlob("a", STRAY.digest())).isTrue();
    }

    @Test
    void takesWhatIsOlderThanTheGraceTime() {
        Digest image = registry.pushImage("a", "v1", LAYER);
        registry.client().pushBlob("a", STRAY);
        CommandRun dry = CommandRun.of(folder, "gc", "--grace", "0s", "--dry-run", "-o", "json",
                "-v");
        assertThat(dry.json().at("/dry_run").asBoolean()).isTrue();
        assertThat(registry.stores(STRAY.digest())).isTrue();
        JsonNode json = CommandRun.of(folder, "gc", "--grace", "0s", "-o", "json", "-v").json();
        assertThat(json.at("/blobs/count").asInt()).isEqualTo(1);
        assertThat(json.at("/content/bytes").asLong()).isEqualTo(STRAY.size());
        assertThat(json.at("/removed/0/kind").asText()).isEqualTo("blob");
        assertThat(json.at("/removed/0/repository").asText()).isEqualTo("a");
        assertThat(json.at("/removed/0/id").asText()).isEqualTo(STRAY.digest().toString());
        assertThat(json.at("/removed")).isEqualTo(dry.json().at("/removed"));
        assertThat(registry.stores(STRAY.digest())).isFalse();
        assertThat(registry.hasManifest("a", image.toString())).isTrue();
        assertThat(registry.hasBlob("a", LAYER.digest())).isTrue();
    }

    @Test
    void worksOnStorageThatNobodyServes() {
        registry.client().pushBlob("a", STRAY);
        registry.close();
        CommandRun run = CommandRun.of(folder, "gc", "--grace", "0s", "-v");
        assertThat(run.err()).contains("blob a " + STRAY.digest() + " (12 B)", "content " + STRAY
                .digest());
        assertThat(run.code()).isZero();
        assertThat(registry.stores(STRAY.digest())).isFalse();
    }

    @Test
    void keepsWhatLockFilesName() throws IOException {
        Bytes manifest = Graphs.image(LAYER);
        registry.pushImage("a", manifest.digest().toString(), LAYER);
        registry.client().pushBlob("a", STRAY);
        Path lock = Files.writeString(folder.resolve("x.lock"), "tools:\n  protoc: "
                + manifest.digest() + "\n  sum: \"" + STRAY.digest().encoded() + "\"\n");
        CommandRun run = CommandRun.of(folder, "gc", "--grace", "0s", "--untagged-after", "0s",
                "--locked", lock.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(registry.hasManifest("a", manifest.digest().toString())).isTrue();
        assertThat(registry.hasBlob("a", STRAY.digest())).isTrue();
        assertThat(CommandRun.of(folder, "gc", "--grace", "0s", "--untagged-after", "0s").code())
                .isZero();
        Awaitility.await("what the registry remembers for a second")
                .until(() -> !registry.hasManifest("a", manifest.digest().toString()));
        assertThat(registry.hasBlob("a", STRAY.digest())).isFalse();
    }

    @Test
    void takesNothingWhenALockFileNamesNothing() throws IOException {
        registry.client().pushBlob("a", STRAY);
        Path empty = Files.writeString(folder.resolve("x.lock"), "nothing");
        for (Path lock : new Path[]{empty, folder.resolve("none.lock")}) {
            CommandRun run = CommandRun.of(folder, "gc", "--grace", "0s", "--locked", lock
                    .toString());
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains("lock file " + lock);
        }
        assertThat(registry.hasBlob("a", STRAY.digest())).isTrue();
    }

    @Test
    void saysWhichLineOfALockFileIsNearlyADigest() throws IOException {
        registry.client().pushBlob("a", STRAY);
        Path lock = Files.writeString(folder.resolve("x.lock"), "a@" + STRAY.digest()
                + "\nb@sha256:abc\nc@sha512:" + "g".repeat(128) + "\n");
        CommandRun run = CommandRun.of(folder, "gc", "--grace", "0s", "--locked", lock.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains(
                "line 2: expected 64 hexadecimal digits after sha256:, got \"abc\"",
                "line 3: expected 128 hexadecimal digits after sha512:");
        assertThat(registry.hasBlob("a", STRAY.digest())).isTrue();
    }

    @Test
    void keepsWhatTheLockFilesOfTheConfigurationName() throws IOException {
        registry.client().pushBlob("a", STRAY);
        Files.writeString(folder.resolve("x.lock"), STRAY.digest().toString());
        Path config = Files.writeString(folder.resolve("registry.yaml"), """
                primary_registry: {url: embedded}
                registry_server:
                  collection: {locked: [x.lock]}
                """);
        CommandRun run = CommandRun.of(folder, "gc", "--grace", "0s", "-c", config.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(registry.hasBlob("a", STRAY.digest())).isTrue();
        assertThat(CommandRun.of(folder, "gc", "--grace", "0s").code()).isZero();
        assertThat(registry.hasBlob("a", STRAY.digest())).isFalse();
    }

    @Test
    void findsOutWhatManifestsNameThatWerePushedBeforeThatWasRecorded() {
        registry.pushImage("old", "v1", LAYER);
        registry.client().pushBlob("old", STRAY);
        registry.forget();
        CommandRun run = CommandRun.of(folder, "gc", "--grace", "0s", "-o", "json");
        assertThat(run.code()).isZero();
        assertThat(run.json().at("/blobs/count").asInt()).isEqualTo(1);
        assertThat(registry.hasBlob("old", LAYER.digest())).isTrue();
        assertThat(registry.hasBlob("old", STRAY.digest())).isFalse();
    }

    @Test
    void leavesRepositoriesOutOfWhichItDoesNotKnowWhatIsNamed() {
        Digest image = registry.pushImage("old", "v1", LAYER);
        registry.client().pushBlob("old", STRAY);
        registry.client().pushBlob("a", LAYER);
        registry.forget();
        registry.dropBytes(image);
        CommandRun run = CommandRun.of(folder, "gc", "--grace", "0s", "-o", "json");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.json().at("/skipped_repositories/0").asText()).isEqualTo("old");
        assertThat(run.err()).contains("registry fsck --repair");
        assertThat(registry.hasBlob("old", STRAY.digest())).isTrue();
        assertThat(registry.hasBlob("a", LAYER.digest())).isFalse();
    }

    @Test
    void makesNoStorageWhereThereIsNone() {
        Path none = folder.resolve("none");
        CommandRun run = CommandRun.of(none, "gc");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("Error: cannot open registry storage " + none, "Hint: ");
        assertThat(none).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1w", "-1h", "h", "1.5h"})
    void saysWhatADurationLooksLike(String duration) {
        CommandRun run = CommandRun.of(folder, "gc", "--grace=" + duration);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("90s, 15m, 24h or 30d");
    }
}
