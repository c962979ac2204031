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
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code registry fsck} beside a registry that answers. */
final class FsckCommandTest {
    private static final Bytes LAYER = Bytes.ofUtf8("layer");
    private static final Bytes STRAY = Bytes.ofUtf8("a stray blob");

    @TempDir
    private Path folder;
    private Served registry;
    private Digest image;

    @BeforeEach
    void start() {
        registry = Served.start(folder);
        image = registry.pushImage("a", "v1", LAYER);
        Bytes index = Graphs.index(Graphs.image(LAYER));
        registry.client().pushManifest("a", "multi", Graphs.INDEX, index);
        Bytes attached = Graphs.attached(image);
        registry.client().pushManifest("a", "sbom", Graphs.IMAGE, attached);
        registry.client().pushBlob("b", STRAY);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void takesTextThatNoDatabaseKeepsForWhatItIs() {
        Bytes odd = Bytes.ofUtf8(Graphs.attached(image)
                .utf8()
                .replaceFirst("\\{",
                        "{\"annotations\":{\"half of a pair\":\"\\\\ud800\",\"nul\":\"\\\\u0000\"},"));
        assertThat(odd.utf8()).contains("\\ud800");
        registry.client().pushManifest("a", "odd", Graphs.IMAGE, odd);
        assertThat(fsck(0).at("/findings")).isEmpty();
    }

    private JsonNode fsck(int code, String... args) {
        String[] all = new String[args.length + 3];
        all[0] = "fsck";
        all[1] = "-o";
        all[2] = "json";
        System.arraycopy(args, 0, all, 3, args.length);
        CommandRun run = CommandRun.of(folder, all);
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
        return run.json();
    }

    private void finds(String kind, String repository, Object id) {
        JsonNode json = fsck(1);
        assertThat(json.at("/findings")).hasSize(1);
        assertThat(json.at("/findings/0/kind").asText()).isEqualTo(kind);
        assertThat(json.at("/findings/0/repository").asText()).isEqualTo(repository);
        assertThat(json.at("/findings/0/id").asText()).isEqualTo(id.toString());
        assertThat(json.at("/findings/0/state").asText()).isEqualTo("found");
        assertThat(fsck(1)).as("looking changes nothing").isEqualTo(json);
    }

    private void repairs() {
        JsonNode json = fsck(0, "--repair");
        assertThat(json.at("/repaired").asInt()).isPositive();
        assertThat(fsck(0).at("/findings")).isEmpty();
    }

    @Test
    void findsNothingWhereAllIsWell() {
        assertThat(fsck(0).at("/findings")).isEmpty();
        CommandRun run = CommandRun.of(folder, "fsck");
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("0 open, 0 repaired");
    }

    @Test
    void recordsWhatManifestsNameThatWerePushedBeforeThatWas() {
        registry.forget();
        assertThat(fsck(1).at("/findings")).hasSize(3);
        repairs();
        assertThat(registry.collect(Duration.ofDays(2)).blobs().bytes()).isEqualTo(STRAY
                .size());
    }

    @Test
    void givesBackAWholeManifestThatAnIndexNames() {
        String target = "/v2/a/manifests/" + image;
        assertThat(registry.client().call("DELETE", target).send().statusCode()).isEqualTo(202);
        finds("missing membership", "a", image);
        repairs();
        assertThat(registry.client().call("GET", target).send().statusCode()).isEqualTo(200);
    }

    @Test
    void completesReferences() {
        registry.sql("DELETE FROM manifest_reference WHERE digest = '" + LAYER.digest() + "'");
        finds("missing references", "a", image);
        repairs();
    }

    @Test
    void putsReferrersRight() {
        registry.sql("UPDATE manifest SET artifact_type = NULL, subject = NULL"
                + " WHERE subject IS NOT NULL");
        assertThat(referrers()).doesNotContain("application/vnd.example");
        finds("wrong record", "a", Graphs.attached(image).digest());
        repairs();
        assertThat(referrers()).contains("application/vnd.example");
    }

    private String referrers() {
        return registry.client().call("GET", "/v2/a/referrers/" + image).send().body();
    }

    @Test
    void givesMembershipBackToWhatAManifestNames() {
        registry.sql("DELETE FROM membership WHERE digest = '" + LAYER.digest() + "'");
        assertThat(registry.hasBlob("a", LAYER.digest())).isFalse();
        finds("missing membership", "a", LAYER.digest());
        repairs();
        assertThat(registry.hasBlob("a", LAYER.digest())).isTrue();
        assertThat(registry.hasBlob("b", LAYER.digest())).isFalse();
    }

    @Test
    void grantsNothingThatAForeignLayerNames() {
        registry.client().pushBlob("b", Served.EMPTY);
        registry.client()
                .pushManifest("b", "v1", Graphs.IMAGE, Graphs.image(
                        "application/vnd.oci.image.layer.nondistributable.v1.tar", "", LAYER));
        fsck(0, "--repair");
        assertThat(registry.hasBlob("b", LAYER.digest())).isFalse();
    }

    @Test
    void givesRecordsBackThatWereLost() {
        registry.sql("DELETE FROM manifest WHERE digest = '" + image + "'");
        finds("dangling tag", "a", "v1");
        repairs();
        Awaitility.await().until(() -> registry.hasManifest("a", "v1"));
        assertThat(registry.hasManifest("a", image.toString())).isTrue();
    }

    @Test
    void takesTagsAwayThatPointAtNothing() {
        registry.sql("DELETE FROM membership WHERE digest = '" + image + "'");
        registry.sql("DELETE FROM manifest_reference WHERE digest = '" + image + "'");
        registry.sql("DELETE FROM manifest WHERE digest IN ('" + image + "','" + Graphs.index(Graphs
                .image(LAYER)).digest() + "')");
        registry.dropBytes(image);
        JsonNode json = fsck(3, "--repair");
        assertThat(json.at("/findings").findValuesAsText("id")).containsExactly("multi", "v1", image
                .toString());
        assertThat(json.at("/findings").findValuesAsText("state")).containsExactly("repaired",
                "repaired", "left");
        String tags = registry.client().call("GET", "/v2/a/tags/list").send().body();
        assertThat(tags).contains("multi", "sbom").doesNotContain("v1");
    }

    @Test
    void tellsOfLostBytesAndThatAPushBringsThemBack() {
        registry.dropBytes(LAYER.digest());
        finds("missing bytes", "a", LAYER.digest());
        JsonNode json = fsck(1, "--repair");
        assertThat(json.at("/findings/0/state").asText()).isEqualTo("left");
        assertThat(json.at("/findings/0/detail").asText()).contains(image.toString(),
                "push it again");
        assertThat(registry.status("HEAD", "/v2/a/blobs/" + LAYER.digest())).isEqualTo(404);
        registry.client().pushBlob("a", LAYER);
        assertThat(fsck(0).at("/findings")).isEmpty();
    }

    @Test
    void tellsOfLostBytesOfManifests() {
        registry.dropBytes(image);
        finds("missing bytes", "a", image);
        registry.pushImage("a", "v1", LAYER);
        assertThat(fsck(0).at("/findings")).isEmpty();
    }

    @Test
    void endsMembershipsWithoutBytesThatNobodyNames() {
        registry.dropBytes(STRAY.digest());
        finds("missing bytes", "b", STRAY.digest());
        repairs();
    }

    @Test
    void repairsWhatItCanAndLeavesTheRest() {
        registry.dropBytes(STRAY.digest());
        registry.dropBytes(LAYER.digest());
        JsonNode json = fsck(3, "--repair");
        assertThat(json.at("/repaired").asInt()).isEqualTo(1);
        assertThat(json.at("/open").asInt()).isEqualTo(1);
    }

    @Test
    void tellsOfContentOfAnotherSizeAndOfBrokenManifests() throws IOException {
        Files.writeString(registry.file(LAYER.digest()), "short");
        Files.writeString(registry.file(LAYER.digest()), "much longer than it was");
        finds("wrong size", "a", LAYER.digest());
        Files.write(registry.file(LAYER.digest()), LAYER.toArray());
        Files.writeString(registry.file(image), "{}");
        finds("unreadable manifest", "a", image);
    }

    @Test
    void onlyCountsBytesThatACollectionTakes() throws IOException {
        assertThat(registry.status("DELETE", "/v2/b/blobs/" + STRAY.digest())).isEqualTo(202);
        Files.setLastModifiedTime(registry.file(STRAY.digest()), FileTime.from(Instant.now()
                .minusSeconds(7200)));
        assertThat(fsck(0).at("/unused").asInt()).isEqualTo(1);
        assertThat(fsck(0, "-v").at("/findings/0/id").asText()).isEqualTo(STRAY.digest()
                .toString());
    }
}
