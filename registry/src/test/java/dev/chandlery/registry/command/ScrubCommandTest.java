package dev.chandlery.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.registry.collect.Graphs;
import dev.chandlery.registry.collect.Served;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code registry scrub} beside a registry that answers. */
final class ScrubCommandTest {
    private static final Bytes LAYER = Bytes.ofUtf8("layer");

    @TempDir
    private Path folder;
    private Served registry;
    private Digest image;

    @BeforeEach
    void start() {
        registry = Served.start(folder);
        image = registry.pushImage("a", "v1", LAYER);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private void flipByte(Digest digest) throws IOException {
        Path file = registry.file(digest);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    }

    @Test
    void findsNothingWhereAllIsWell() {
        CommandRun run = CommandRun.of(folder, "scrub", "--rate", "1GiB");
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("read 3 blobs and manifests", "0 open");
    }

    @Test
    void findsAFlippedByteByEitherAlgorithm() throws IOException {
        Bytes other = Bytes.ofUtf8("of the other algorithm");
        Digest sha512 = other.digest(Algorithm.SHA512);
        assertThat(registry.client()
                .call("POST", "/v2/a/blobs/uploads/?digest=" + sha512)
                .body(other)
                .send()
                .statusCode()).isEqualTo(201);
        assertThat(CommandRun.of(folder, "scrub").code()).isZero();
        flipByte(sha512);
        flipByte(LAYER.digest());
        CommandRun run = CommandRun.of(folder, "scrub", "-o", "json");
        assertThat(run.code()).isEqualTo(1);
        JsonNode json = run.json();
        assertThat(json.at("/open").asInt()).isEqualTo(2);
        assertThat(json.at("/findings").findValuesAsText("id")).containsExactlyInAnyOrder(sha512
                .toString(), LAYER.digest().toString());
        assertThat(json.at("/findings").findValuesAsText("kind")).containsOnly("wrong digest");
        assertThat(json.at("/findings/0/detail").asText()).contains("; of a");
        assertThat(registry.status("HEAD", "/v2/a/blobs/" + sha512)).as("still there")
                .isEqualTo(
                        200);
    }

    @Test
    void movesRottenBlobsAsideAndAPushHealsThem() throws IOException {
        flipByte(LAYER.digest());
        CommandRun run = CommandRun.of(folder, "scrub", "--quarantine");
        assertThat(run.code()).isEqualTo(1);
        Path aside = folder.resolve("quarantine/sha256-" + LAYER.digest().encoded());
        assertThat(run.out()).contains("quarantined", aside.toString(), "push it again");
        assertThat(aside).exists();
        String target = "/v2/a/blobs/" + LAYER.digest();
        assertThat(registry.status("HEAD", target)).isEqualTo(404);
        assertThat(registry.status("GET", target)).isEqualTo(404);
        assertThat(registry.mount("b", LAYER.digest(), "a")).as("nothing to mount").isFalse();
        registry.client().pushBlob("a", LAYER);
        assertThat(registry.client().call("GET", target).send().body()).isEqualTo("layer");
        assertThat(CommandRun.of(folder, "scrub").code()).isZero();
        assertThat(CommandRun.of(folder, "fsck").code()).isZero();
    }

    @Test
    void movesRottenManifestsAsideAndAPushHealsThem() throws IOException {
        flipByte(image);
        assertThat(CommandRun.of(folder, "scrub", "--quarantine").code()).isEqualTo(1);
        for (String method : new String[]{"HEAD", "GET"}) {
            assertThat(registry.status(method, "/v2/a/manifests/v1")).isEqualTo(404);
        }
        registry.client().pushManifest("a", "v1", Graphs.IMAGE, Graphs.image(LAYER));
        assertThat(registry.hasManifest("a", "v1")).isTrue();
        assertThat(CommandRun.of(folder, "scrub").code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "1MB", "-1", "1.5GiB"})
    void saysWhatASizeLooksLike(String rate) {
        CommandRun run = CommandRun.of(folder, "scrub", "--rate=" + rate);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("512KiB, 50MiB or 1GiB");
    }
}
