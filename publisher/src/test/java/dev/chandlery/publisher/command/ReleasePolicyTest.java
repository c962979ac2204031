package dev.chandlery.publisher.command;

import static dev.chandlery.publisher.command.GithubHouse.LINUX;
import static dev.chandlery.publisher.command.GithubHouse.MAC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chandlery.oci.Digest;
import dev.chandlery.publisher.command.TestHouse.Outcome;
import dev.chandlery.testkit.upstream.FakeRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits, what is taken back, and the tags that follow. */
class ReleasePolicyTest {

    @TempDir
    Path folder;
    @AutoClose
    private GithubHouse house;

    @BeforeEach
    void furnish() throws IOException {
        house = new GithubHouse(folder);
        house.config("floating_tags: [latest, major, minor]");
        house.release("v1.0.0", LINUX, MAC);
    }

    @Test
    void ofSeveralNamesTheFirstThatAReleaseHasIsTaken() throws IOException {
        house.config("versions: 2");
        Path file = folder.resolve("registry.yaml");
        Files.writeString(file, Files.readString(file)
                .replace("\"hello-{platform}\"",
                        "\"hello-{version}-{platform}|hello-{platform}\""));
        FakeRelease release = house.release("v2.0.0");
        release.asset("hello-2.0.0-" + LINUX, GithubHouse.script("v2.0.0", LINUX));
        release.asset("hello-" + LINUX, "another file");

        Outcome plan = house.run("--dry-run");
        Outcome outcome = house.run();

        assertThat(plan.out()).contains("hello-2.0.0-" + LINUX, "hello-" + MAC);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(house.tags()).containsKeys("v2.0.0-" + LINUX, "v1.0.0-" + MAC);
    }

    @Test
    void youngReleasesWaitAndThePlanSaysUntilWhen() throws IOException {
        house.config("minimum_release_age: 72h");
        Instant published = Instant.now()
                .minus(Duration.ofHours(1))
                .truncatedTo(
                        ChronoUnit.SECONDS);
        house.release("v1.1.0", LINUX, MAC).published(published);
        String due = published.plus(Duration.ofDays(3)).toString();

        Outcome text = house.run("--dry-run");
        JsonNode waiting = GithubHouse.json(house.run("--dry-run", "-o", "json")).at("/waiting/0");

        assertThat(text.code()).as(text.err()).isZero();
        assertThat(text.out()).contains("Waiting: hello 1.1.0 waits until " + due, "1 waiting");
        assertThat(waiting.path("version").asText()).isEqualTo("1.1.0");
        assertThat(waiting.path("due").asText()).isEqualTo(due);
        assertThat(house.run().out()).contains("2 published", "Waiting: hello 1.1.0");
        assertThat(house.tags()).containsKey("v1.0.0").doesNotContainKey("v1.1.0");
        Outcome asked = house.run("--version", "1.1.0");
        assertThat(asked.out()).contains("waits until " + due);
        assertThat(house.tags()).doesNotContainKey("v1.1.0");
    }

    @Test
    void whatIsIncompleteIsPublishedOrWaitsAsAsked() throws IOException {
        house.run();
        house.release("v1.1.0", LINUX);

        assertThat(house.run().out()).contains("1 published", "not offered upstream");
        SortedMap<String, Digest> tags = house.tags();
        assertThat(tags).containsKeys("v1.1.0", "v1.1.0-" + LINUX);
        assertThat(tags.get("latest")).isEqualTo(tags.get("v1.0.0"));

        house.config("incomplete: wait");
        house.release("v1.2.0", LINUX);
        assertThat(house.run().out()).contains("hello 1.2.0 waits for darwin-arm64");
        assertThat(house.tags()).doesNotContainKey("v1.2.0");
        JsonNode waiting = GithubHouse.json(house.run("-o", "json")).at("/waiting/0");
        assertThat(waiting.at("/lacking/0").asText()).isEqualTo(MAC);

        house.config("require: [linux-x86_64]\nfloating_tags: [latest]");
        house.run();
        assertThat(house.tags()).containsKey("v1.2.0");
        assertThat(house.tags().get("latest")).isEqualTo(house.tags().get("v1.2.0"));

        house.github()
                .release("o/hello", "v1.2.0")
                .asset("hello-" + MAC, GithubHouse.script(
                        "v1.2.0", MAC));
        assertThat(house.run().out()).contains("1 published");
        assertThat(house.tags().get("latest")).isEqualTo(house.tags().get("v1.2.0"));
    }

    @Test
    void tagsMoveForwardOnlyAndNeverToPrereleases() throws IOException {
        house.run();
        assertThat(house.tags()).containsKeys("latest", "v1", "v1.0");
        house.release("v2.0.0", LINUX, MAC);
        house.release("v2.1.0", LINUX, MAC).prerelease(true);
        house.release("v1.0.1", LINUX, MAC);
        house.config("floating_tags: [latest, major, minor]\nversions: 4\nprereleases: true");

        Outcome dry = house.run("--dry-run");
        assertThat(dry.out()).contains("Tag: hello:latest 1.0.0 -> 2.0.0",
                "Tag: hello:v1 1.0.0 -> 1.0.1", "Tag: hello:v2 -> 2.0.0");
        house.run();

        SortedMap<String, Digest> tags = house.tags();
        assertThat(tags.get("latest")).isEqualTo(tags.get("v2.0.0"));
        assertThat(tags.get("v1")).isEqualTo(tags.get("v1.0.1"));
        assertThat(tags.get("v1.0")).isEqualTo(tags.get("v1.0.1"));
        assertThat(tags.get("v2")).isEqualTo(tags.get("v2.0.0"));
        assertThat(tags).containsKey("v2.1.0").doesNotContainKey("v2.1");
        assertThat(house.run().out()).startsWith("Nothing to publish");
    }

    @Test
    void whatIsTakenBackStaysIsToldOnceAndLosesItsTags() throws IOException {
        house.run();
        house.release("v1.1.0", LINUX, MAC);
        house.run();
        SortedMap<String, Digest> before = house.tags();
        assertThat(before.get("latest")).isEqualTo(before.get("v1.1.0"));
        house.github().release("o/hello", "v1.1.0").draft(true);

        assertThat(house.run("--dry-run").out()).contains(
                "hello 1.1.0 was taken back upstream: the release is gone",
                "Tag: hello:latest 1.1.0 -> 1.0.0");
        Outcome first = house.run();
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.err()).contains("Warning: hello 1.1.0 was taken back upstream");
        SortedMap<String, Digest> after = house.tags();
        assertThat(after).containsKey("retracted-v1.1.0")
                .containsEntry("v1.1.0", before.get(
                        "v1.1.0"));
        assertThat(after.get("latest")).isEqualTo(before.get("v1.0.0"));
        assertThat(house.run().err()).doesNotContain("taken back");

        house.github().release("o/hello", "v1.1.0").draft(false);
        assertThat(house.run().err()).contains("is offered upstream again");
        assertThat(house.tags().get("latest")).isEqualTo(before.get("v1.1.0"));
    }

    @Test
    void aFileThatIsDeletedTakesTheVersionBack() {
        house.run();
        house.release("v1.1.0", LINUX, MAC);
        house.run();
        house.github().release("o/hello", "v1.1.0").remove("hello-" + MAC);

        assertThat(house.run().err()).contains("hello-darwin-arm64 is gone");
        assertThat(house.tags().get("latest")).isEqualTo(house.tags().get("v1.0.0"));
        assertThat(house.tags()).containsKey("v1.1.0-" + MAC);
    }
}
