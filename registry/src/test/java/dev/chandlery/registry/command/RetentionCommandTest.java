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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code registry retention} beside a registry that answers. */
final class RetentionCommandTest {

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

    /** Pushes versions a day apart, the last one now. */
    private List<Digest> push(String repository, String... tags) {
        List<Digest> digests = new ArrayList<>();
        for (String tag : tags) {
            registry.age(Duration.ofDays(1));
            digests.add(registry.pushImage(repository, tag, layer(repository + tag)));
        }
        return digests;
    }

    private static Bytes layer(String text) {
        return Bytes.ofUtf8("layer of " + text);
    }

    private List<String> tags(String repository) {
        String body = registry.client()
                .call("GET", "/v2/" + repository + "/tags/list")
                .send()
                .body();
        return List.of(body.replaceAll(".*\\[|].*", "").replace("\"", "").split(","));
    }

    private void awaitGone(String repository, Digest digest) {
        Awaitility.await("what the registry remembers for a second")
                .until(() -> !registry.hasManifest(repository, digest.toString()));
    }

    @Test
    void keepsTheNewest() {
        List<Digest> digests = push("a", "v1", "v2", "v3", "v4");
        push("b", "v1");
        CommandRun run = CommandRun.of(folder, "retention", "--keep-last", "2");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains(digests.get(0).toString(), digests.get(1).toString())
                .doesNotContain(digests.get(2).toString());
        assertThat(run.err()).contains("Removed 2 manifests with 2 tags; 3 stay");
        assertThat(tags("a")).containsExactly("v3", "v4");
        assertThat(tags("b")).containsExactly("v1");
        digests.subList(0, 2).forEach(gone -> awaitGone("a", gone));
        registry.age(Duration.ofDays(2));
        assertThat(CommandRun.of(folder, "gc").code()).isZero();
        assertThat(registry.hasBlob("a", layer("av2").digest())).isFalse();
        assertThat(registry.hasBlob("a", layer("av3").digest())).isTrue();
    }

    @Test
    void countsAManifestOnceHoweverManyTagsItHas() {
        push("a", "v1", "v1.0");
        registry.pushImage("a", "latest", layer("av1.0"));
        registry.pushImage("a", "stable", layer("av1.0"));
        CommandRun.of(folder, "retention", "--keep-last", "2");
        assertThat(tags("a")).containsExactly("latest", "stable", "v1", "v1.0");
    }

    @Test
    void changesNothingInADryRunAndTellsWhyOthersStay() {
        List<Digest> digests = push("a", "v1", "nightly-1", "nightly-2");
        JsonNode json = CommandRun.of(folder, "retention", "--keep-last", "1", "--keep-tags", "v*",
                "--dry-run", "-v", "-o", "json").json();
        assertThat(json.at("/dry_run").asBoolean()).isTrue();
        assertThat(json.at("/removed")).hasSize(1);
        assertThat(json.at("/removed/0/digest").asText()).isEqualTo(digests.get(1).toString());
        assertThat(json.at("/removed/0/tags/0").asText()).isEqualTo("nightly-1");
        assertThat(json.at("/kept").findValuesAsText("reason")).containsExactlyInAnyOrder(
                "kept tag", "newest");
        assertThat(json.at("/kept").findValuesAsText("detail")).containsExactlyInAnyOrder(
                "v1 matches v*", "1 of 1");
        assertThat(tags("a")).containsExactly("nightly-1", "nightly-2", "v1");
        CommandRun text = CommandRun.of(folder, "retention", "--older-than", "1h", "-n", "-v");
        assertThat(text.out()).containsPattern("keep +a +" + digests.get(2)
                + " +nightly-2 +young: pushed ");
    }

    @Test
    void removesOnlyWhatIsNeitherNewNorYoung() {
        push("a", "v1", "v2", "v3", "v4");
        CommandRun.of(folder, "retention", "--keep-last", "1", "--older-than", "36h");
        assertThat(tags("a")).containsExactly("v3", "v4");
    }

    @Test
    void leavesOtherRepositoriesAlone() {
        push("ci/a", "v1", "v2");
        push("release", "v1", "v2");
        CommandRun.of(folder, "retention", "--keep-last", "1", "--repositories", "ci/**");
        assertThat(tags("ci/a")).containsExactly("v2");
        assertThat(tags("release")).containsExactly("v1", "v2");
    }

    @Test
    void takesPartsAndAttachmentsWithTheirManifestAndKeepsThoseOfOthers() {
        List<Digest> subjects = push("a", "v1", "v2");
        List<Digest> attached = subjects.stream().map(subject -> {
            Bytes signature = Graphs.attached(subject);
            return registry.client()
                    .pushManifest("a", "sha256-" + subject.encoded(), Graphs.IMAGE, signature);
        }).toList();
        registry.age(Duration.ofDays(1));
        Bytes shared = Graphs.image(layer("av1"));
        registry.client().pushManifest("a", "multi", Graphs.INDEX, Graphs.index(shared));
        JsonNode json = CommandRun.of(folder, "retention", "--keep-last", "1", "-v", "-o", "json")
                .json();
        assertThat(json.at("/removed").findValuesAsText("digest")).containsExactlyInAnyOrder(
                subjects.get(1).toString(), attached.get(1).toString());
        assertThat(registry.hasManifest("a", attached.get(0).toString())).as(
                "attached to a part of an index that stays").isTrue();
        assertThat(tags("a")).containsExactly("multi", "sha256-" + subjects.get(0).encoded(), "v1");
    }

    @Test
    void keepsWhatLockFilesNameAndWhatNamesIt() throws IOException {
        List<Digest> digests = push("a", "v1", "v2", "v3", "v4");
        Path lock = Files.writeString(folder.resolve("tools.lock"), digests.get(0) + " "
                + layer("av2").digest().encoded());
        CommandRun.of(folder, "retention", "--keep-last", "1", "--locked", lock.toString());
        assertThat(tags("a")).containsExactly("v1", "v2", "v4");
    }

    @Test
    void leavesUntaggedManifestsToTheCollection() {
        Bytes untagged = Graphs.image(layer("x"));
        registry.pushImage("a", untagged.digest().toString(), layer("x"));
        push("a", "v1", "v2");
        CommandRun.of(folder, "retention", "--keep-last", "1");
        assertThat(registry.hasManifest("a", untagged.digest().toString())).isTrue();
    }

    @Test
    void appliesThePoliciesOfTheConfiguration() throws IOException {
        push("ci/a", "v1", "v2", "v3");
        push("release", "v1", "v2");
        Path config = Files.writeString(folder.resolve("registry.yaml"), """
                primary_registry:
                  url: embedded
                registry_server:
                  collection: {grace_hours: 2, untagged_after_days: 3}
                  retention:
                    - {repositories: "ci/**", keep_last: 1, keep_tags: ["v1"]}
                """);
        CommandRun run = CommandRun.of(folder, "retention", "-c", config.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(tags("ci/a")).containsExactly("v1", "v3");
        assertThat(tags("release")).containsExactly("v1", "v2");
        registry.age(Duration.ofHours(3));
        CommandRun gc = CommandRun.of(folder, "gc", "-c", config.toString(), "-o", "json");
        assertThat(gc.json().at("/blobs/count").asInt()).as("by the grace time there").isEqualTo(1);
    }

    @Test
    void asksWhatShallGo() {
        CommandRun run = CommandRun.of(folder, "retention", "--keep-tags", "v*");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("Error: cannot tell what goes", "--keep-last N");
        assertThat(CommandRun.of(folder, "retention", "--keep-last", "0").code()).isEqualTo(2);
        assertThat(CommandRun.of(folder, "retention", "--keep-last", "1", "--repositories", "A//b")
                .err()).contains("expected a pattern of repository names");
    }
}
