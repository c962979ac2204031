package dev.chandlery.publisher.command;

import static dev.chandlery.publisher.command.GithubHouse.LINUX;
import static dev.chandlery.publisher.command.GithubHouse.MAC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.publisher.command.TestHouse.Outcome;
import dev.chandlery.testkit.hostile.HostileRegistry;
import dev.chandlery.testkit.hostile.Request;
import dev.chandlery.testkit.upstream.FakeGithub;
import dev.chandlery.testkit.upstream.FakeRelease;
import dev.chandlery.testkit.upstream.GithubRequests.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads, packing and pushes beside each other, between a GitHub and a registry that are both watched. */
class PipelineTest {
    private static final int SIZE = 700_000;
    private static final Map<String, String> TOKEN = Map.of("GITHUB_TOKEN", FakeGithub.TOKEN);

    @TempDir
    Path folder;
    private final HostileRegistry registry = HostileRegistry.start();
    private GithubHouse house;

    @BeforeEach
    void open() {
        house = new GithubHouse(folder);
    }

    private void start(String keys) throws IOException {
        house.config(registry.uri(""), keys);
    }

    @AfterEach
    void close() {
        house.close();
        registry.close();
    }

    /** A script, with noise behind it. */
    private static Bytes large(String platform) {
        byte[] bytes = new byte[SIZE];
        new Random(platform.hashCode()).nextBytes(bytes);
        byte[] head = "#!/bin/sh\nexit 0\n".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(head, 0, bytes, 0, head.length);
        return Bytes.of(bytes);
    }

    private FakeRelease release(String tag, String... platforms) {
        FakeRelease release = house.release(tag);
        for (String platform : platforms) {
            release.asset("hello-" + platform, large(platform + tag));
        }
        return release;
    }

    private List<Request> commits() {
        return registry.requests("PUT", ".*/blobs/uploads/.*");
    }

    @Test
    void anAssetIsUploadedWhileItIsDownloaded() throws IOException {
        start("");
        release("v1.0.0", LINUX);
        Runnable release = house.github().pace().hold(SIZE - 1);
        AtomicInteger meanwhile = new AtomicInteger();
        registry.always("POST", ".*/blobs/uploads/", request -> {
            meanwhile.addAndGet(house.github().pace().downloads());
            release.run();
            return registry.plain().answer(request);
        });

        Outcome outcome = house.run();

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(meanwhile).hasPositiveValue();
        assertThat(registry.plain().has(large(LINUX + "v1.0.0").digest())).isTrue();
    }

    @Test
    void whatIsNotProvenNeverBecomesABlob() throws IOException {
        start("minimum_trust: checksum-file");
        release("v1.0.0", LINUX).asset("SUMS", "0".repeat(64) + "  hello-" + LINUX + "\n");
        Path config = folder.resolve("registry.yaml");
        Files.writeString(config, Files.readString(config)
                .replace("github: {", "github: {checksum_asset: SUMS, "));
        Runnable release = house.github().pace().hold(SIZE - 1);
        registry.onBegun(method -> {
            if (method.equals("PUT")) {
                release.run();
            }
        });

        Outcome outcome = house.run();

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(registry.requests("POST", ".*/blobs/uploads/")).isNotEmpty();
        assertThat(registry.plain().isEmpty()).isTrue();
        assertThat(registry.requests("DELETE", ".*/blobs/uploads/.*")).isNotEmpty();
    }

    @Test
    void noBlobIsSentTwice() throws IOException {
        start("");
        release("v1.0.0", LINUX, MAC);
        Outcome first = house.run();
        assertThat(first.code()).as(first.err()).isZero();
        Map<String, Long> sent = commits().stream()
                .collect(Collectors.groupingBy(request -> request.query("digest"), Collectors
                        .counting()));
        assertThat(sent.values()).as("%s", sent).containsOnly(1L);
        int before = commits().size();

        Outcome again = house.run("--force");

        assertThat(again.code()).as(again.err()).isZero();
        assertThat(commits()).hasSize(before);
    }

    @Test
    void asManyDownloadsRunAtATimeAsAreAskedFor() throws IOException {
        start("versions: 4");
        for (String tag : List.of("v1.0.0", "v1.1.0", "v1.2.0", "v1.3.0")) {
            release(tag, LINUX, MAC);
        }
        house.github().pace().set(Duration.ofMillis(2), 5_000_000);

        Outcome one = house.run("--parallel", "1", "--versions", "2");
        assertThat(one.code()).as(one.err()).isZero();
        assertThat(house.github().pace().mostDownloads()).isEqualTo(1);

        Outcome three = house.run("--parallel", "3");
        assertThat(three.code()).as(three.err()).isZero();
        assertThat(house.github().pace().mostDownloads()).isBetween(2, 3);
    }

    @Test
    void whatDidNotChangeCostsNothingOfTheLimit() throws IOException {
        start("");
        release("v1.0.0", LINUX, MAC);
        assertThat(house.run(TOKEN).code()).isZero();
        int used = house.github().limits().used();
        assertThat(house.github().requests().count(Kind.LISTING)).isEqualTo(1);

        assertThat(house.run(TOKEN).code()).isZero();
        assertThat(house.run(TOKEN, "--dry-run").code()).isZero();

        assertThat(house.github().limits().used()).isEqualTo(used);
        assertThat(house.github().requests().count(Kind.LISTING)).isEqualTo(3);
    }

    @Test
    void aLimitThatIsUsedUpForLongEndsTheRunAtOnce() throws IOException {
        start("");
        release("v1.0.0", LINUX);
        house.github().limits().set(0, 5000);
        house.github().limits().resetAt(Instant.now().plus(Duration.ofMinutes(50)));

        Outcome outcome = house.run("-o", "json");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("GitHub's rate limit is used up until",
                "set GITHUB_TOKEN")
                .doesNotContain("at dev.");
        assertThat(GithubHouse.json(outcome).path("status").asText()).isNotEmpty();
        assertThat(house.github().requests().count(Kind.LISTING)).isEqualTo(1);
    }

    @Test
    void aTokenThatIsWrongIsToldAndNotShown() throws IOException {
        start("");
        release("v1.0.0", LINUX);

        Outcome outcome = house.run(Map.of("GITHUB_TOKEN", "ghp_wrong"));

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("GitHub refuses the token of GITHUB_TOKEN")
                .doesNotContain("ghp_wrong");
    }

    @Test
    void twoPublishersAtOnceLeaveOneWholeResult() throws IOException {
        start("");
        release("v1.0.0", LINUX, MAC);
        house.github().pace().set(Duration.ofMillis(2), 4_000_000);

        List<Outcome> both = TaskScope.mapAll("publishers", List.of(1, 2), _ -> house.run());

        assertThat(both).allSatisfy(outcome -> assertThat(outcome.code()).as(outcome.err())
                .isZero());
        assertThat(registry.plain().tags().toList()).contains("v1.0.0", "v1.0.0-" + LINUX,
                "v1.0.0-" + MAC);
        Outcome third = house.run("--dry-run", "--detailed-exitcode");
        assertThat(third.code()).as(third.out()).isZero();
    }
}
