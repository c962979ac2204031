package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.publisher.command.TestHouse.Outcome;
import dev.chandlery.publisher.pack.ArtifactTypes;
import dev.chandlery.testkit.upstream.FlawedSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The publisher from a web site into the embedded registry, all of it real. */
class PublishCommandTest {
    private static final List<String> BOTH = List.of("linux-x86_64", "darwin-arm64");
    private static final String PLATFORMS = "[linux-x86_64, darwin-arm64]";
    private static final String HELLO_LINUX = TestHouse.path("hello", "1.0.0", "linux-x86_64");

    @TempDir
    Path folder;
    private final FlawedSite site = new FlawedSite();
    private TestHouse house = new TestHouse(Path.of("."), site);

    @BeforeEach
    void furnish() throws IOException {
        house = new TestHouse(folder, site);
        house.release("hello", "1.0.0", BOTH);
        house.release("other", "1.0.0", BOTH);
        house.config("embedded", List.of("hello", "other"), "[\"1.0.0\"]", PLATFORMS);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void publishesOnceAndThenHasNothingToDo() {
        Outcome first = house.publish();
        SortedMap<String, Digest> tags = house.tags(TestHouse.REPOSITORY);
        Outcome second = house.publish();

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out()).contains("checksum-file", "Done: 4 published");
        assertThat(tags).containsOnlyKeys("v1.0.0", "v1.0.0-darwin-arm64", "v1.0.0-linux-x86_64");
        assertThat(second.code()).isZero();
        assertThat(second.out()).startsWith("Nothing to publish: 4 up to date");
        assertThat(house.tags(TestHouse.REPOSITORY)).isEqualTo(tags);
    }

    @Test
    void upstreamsOwnFileIsAttachedByteForByte() {
        house.publish();

        Descriptor asset = house.ask(TestHouse.REPOSITORY, repository -> {
            Digest subject = repository.resolve(new Tag("v1.0.0-linux-x86_64")).digest();
            Descriptor evidence = repository.referrerLister()
                    .orElseThrow()
                    .referrers(subject, ArtifactTypes.UPSTREAM)
                    .findFirst()
                    .orElseThrow();
            assertThat(evidence.annotations()).containsEntry(Annotations.TRUST_RUNG,
                    "checksum-file");
            return Manifests.fetch(repository, evidence)
                    .manifest()
                    .successors()
                    .stream()
                    .filter(
                            d -> "hello-linux-x86_64".equals(d.annotations()
                                    .get(Annotations.TITLE)))
                    .findFirst()
                    .orElseThrow();
        });

        assertThat(asset.digest()).isEqualTo(Digest.ofBytes(TestHouse.script("hello", "1.0.0",
                "linux-x86_64")));
    }

    @Test
    void theSameBytesGiveTheSameDigestsInTwoRegistries(@TempDir Path elsewhere)
            throws IOException {
        house.publish();
        TestHouse other = new TestHouse(elsewhere, site);
        other.config("embedded", List.of("hello", "other"), "[\"1.0.0\"]", PLATFORMS);
        other.publish("--parallel", "1");

        assertThat(other.tags(TestHouse.REPOSITORY)).isEqualTo(house.tags(TestHouse.REPOSITORY));
    }

    @Test
    void aDryRunWritesNothingAnywhere() throws IOException {
        SortedMap<String, String> before = TestHouse.snapshot(folder);
        Outcome empty = house.publish("--dry-run", "--detailed-exitcode");
        assertThat(empty.code()).isEqualTo(2);
        assertThat(empty.out()).contains("hello", "4 to publish, nothing was written");
        assertThat(TestHouse.snapshot(folder)).isEqualTo(before);

        house.publish("--tool", "hello");
        before = TestHouse.snapshot(folder);
        Outcome half = house.publish("--dry-run", "-o", "json");
        assertThat(half.code()).isZero();
        assertThat(json(half).path("dry_run").asBoolean()).isTrue();
        assertThat(TestHouse.snapshot(folder)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(value = FlawedSite.Fault.class, names = {"TRUNCATED", "OTHER_SIZE", "FLIPPED"})
    void whatComesBrokenIsRefusedAndOthersGoOn(FlawedSite.Fault fault) {
        byte[] right = TestHouse.script("hello", "1.0.0", "linux-x86_64");
        site.put(HELLO_LINUX, right, fault);

        Outcome broken = house.publish();

        assertThat(broken.code()).isEqualTo(3);
        assertThat(broken.err()).contains("Error: hello 1.0.0 linux-x86_64: cannot ")
                .doesNotContain("\tat ");
        if (fault == FlawedSite.Fault.FLIPPED) {
            assertThat(broken.err()).contains("expected " + Digest.ofBytes(right), ", got sha256:");
        }
        assertThat(house.tags(TestHouse.REPOSITORY)).containsOnlyKeys("v1.0.0-darwin-arm64");
        assertThat(house.tags("test/tools/other")).containsKey("v1.0.0");

        site.put(HELLO_LINUX, right);
        Outcome healed = house.publish();
        assertThat(healed.code()).isZero();
        assertThat(healed.out()).contains("Done: 1 published, 3 up to date");
        assertThat(house.tags(TestHouse.REPOSITORY)).containsKeys("v1.0.0", "v1.0.0-linux-x86_64");
        assertThat(rooms()).isEmpty();
    }

    @Test
    void aWrongChecksumFileIsToldWithBothDigests() {
        site.put("/hello/1.0.0/SHA256SUMS", ("0".repeat(64) + "  hello-linux-x86_64\n" + "1".repeat(
                64) + "  hello-darwin-arm64\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));

        Outcome outcome = house.publish();

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err()).contains("expected sha256:" + "0".repeat(64), "got "
                + Digest.ofBytes(TestHouse.script("hello", "1.0.0", "linux-x86_64")));
        assertThat(house.tags(TestHouse.REPOSITORY)).isEmpty();
    }

    @Test
    void whatWasAcceptedOnceIsNeverFollowedElsewhere() {
        house.publish();
        SortedMap<String, Digest> tags = house.tags(TestHouse.REPOSITORY);
        byte[] changed = "#!/bin/sh\necho changed\n".getBytes(
                java.nio.charset.StandardCharsets.UTF_8);
        site.put(HELLO_LINUX, changed);
        site.put("/hello/1.0.0/SHA256SUMS", (Digest.ofBytes(changed).encoded()
                + "  hello-linux-x86_64\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));

        Outcome outcome = house.publish("--tool", "hello", "--platform", "linux/amd64", "--force");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("upstream changed it since it was published",
                "accept-drift");
        assertThat(house.tags(TestHouse.REPOSITORY)).containsAllEntriesOf(tags)
                .hasSize(tags.size() + 1)
                .containsKey("drift-v1.0.0-linux-x86_64");
    }

    @Test
    void aPlatformThatComesLaterCompletesTheIndex() throws IOException {
        house.config("embedded", List.of("hello"), "[\"1.0.0\"]",
                "[linux-x86_64, linux-aarch64, darwin-arm64]");
        Outcome first = house.publish();
        assertThat(first.code()).isZero();
        assertThat(first.out()).contains("not offered upstream");
        assertThat(platforms()).containsExactly("darwin/arm64", "linux/amd64");

        house.release("hello", "1.0.0", List.of("linux-x86_64", "linux-aarch64", "darwin-arm64"));
        Outcome second = house.publish();
        assertThat(second.out()).contains("1 published, 2 up to date");
        assertThat(platforms()).containsExactly("darwin/arm64", "linux/arm64", "linux/amd64");
    }

    @Test
    void resultsAreOneJsonDocument() throws IOException {
        JsonNode document = json(house.publish("-o", "json"));

        assertThat(document.path("status").asText()).isEqualTo("done");
        assertThat(document.path("summary").path("published").asInt()).isEqualTo(4);
        assertThat(document.path("versions")
                .get(0)
                .path("platforms")
                .get(0)
                .path("digest")
                .asText()).startsWith("sha256:");
    }

    @Test
    void wrongUseIsExitCodeTwo() {
        assertThat(house.publish("--tool", "nothing").code()).isEqualTo(2);
        assertThat(house.publish("--platform", "amiga").code()).isEqualTo(2);
        assertThat(house.publish("--versions", "0").code()).isEqualTo(2);
        assertThat(house.publish("--parallel", "0").code()).isEqualTo(2);
        assertThat(house.publish("--wrong").code()).isEqualTo(2);
        assertThat(house.publish("--version", "9.9").code()).isEqualTo(1);
    }

    private List<String> platforms() {
        return house.ask(TestHouse.REPOSITORY, repository -> {
            var index = (ImageIndex) Manifests.find(repository, new Tag("v1.0.0"))
                    .orElseThrow()
                    .manifest();
            return index.manifests()
                    .stream()
                    .map(d -> Objects.requireNonNull(d.platform())
                            .toString())
                    .toList();
        });
    }

    private List<Path> rooms() {
        try (var files = Files.list(folder.resolve("cache/work"))) {
            return files.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static JsonNode json(Outcome outcome) throws IOException {
        return new JsonMapper().readTree(outcome.out());
    }
}
