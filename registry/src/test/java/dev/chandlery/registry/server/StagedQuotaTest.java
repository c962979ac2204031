package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.registry.access.RepositoryPattern;
import dev.chandlery.registry.http.PortChoice;
import dev.chandlery.registry.limit.Quota;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What unfinished uploads have staged counts towards the quota of their repository, all of them together. */
final class StagedQuotaTest {
    private static final int QUOTA = 4_000_000;
    private static final int MOST = 3_000_000;
    private static final int TOGETHER = 8;

    @TempDir
    private Path storage;

    @Test
    void severalUploadsHaveOneQuota() {
        try (RunningRegistry registry = start(Clock.systemUTC())) {
            String first = begin(registry, "small/a");
            assertThat(patch(registry, first, MOST)).isEqualTo(202);
            String second = begin(registry, "small/a");
            HttpResponse<String> refused = registry.call("PATCH", second)
                    .body(Bytes.of(new byte[MOST]))
                    .send();
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("DENIED", (QUOTA - MOST)
                    + " bytes that its quota leaves");
            assertThat(registry.call("GET", second).send().statusCode()).isEqualTo(404);
            assertThat(patch(registry, begin(registry, "small/b"), MOST)).isEqualTo(202);
            assertThat(patch(registry, begin(registry, "large"), QUOTA + 1)).isEqualTo(202);
        }
    }

    @Test
    void aQuotaIsUsedToTheLastByteAndFreeAgainAfterwards() {
        try (RunningRegistry registry = start(Clock.systemUTC())) {
            String first = begin(registry, "small/a");
            assertThat(patch(registry, first, MOST)).isEqualTo(202);
            String second = begin(registry, "small/a");
            assertThat(patch(registry, second, QUOTA - MOST - 1)).isEqualTo(202);
            assertThat(patch(registry, second, 1)).isEqualTo(202);
            assertThat(patch(registry, first, 1)).isEqualTo(403);
            first = begin(registry, "small/a");
            assertThat(patch(registry, first, MOST)).isEqualTo(202);
            assertThat(registry.call("DELETE", second).send().statusCode()).isEqualTo(204);
            Bytes rest = Bytes.of(new byte[QUOTA - MOST]);
            registry.client().pushBlob("small/a", rest);
            HttpResponse<String> done = registry.call("PUT", first + "?digest=" + Bytes.of(
                    new byte[MOST]).digest()).send();
            assertThat(done.statusCode()).as(done.body()).isEqualTo(201);
            assertThat(patch(registry, begin(registry, "small/a"), 1)).isEqualTo(403);
        }
    }

    @Test
    void uploadsThatComeTogetherDoNotGetTheSameRoom() throws Exception {
        try (RunningRegistry registry = start(Clock.systemUTC());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (boolean announced : List.of(true, false)) {
                List<Future<Integer>> answers = new ArrayList<>();
                for (int i = 0; i < TOGETHER; i++) {
                    String upload = begin(registry, "small/" + announced);
                    answers.add(threads.submit(() -> announced
                            ? patch(registry, upload, MOST)
                            : stream(registry, upload, MOST)));
                }
                List<Integer> statuses = statuses(answers);
                // Of those that are not announced the last two may be refused for each other's sake.
                int taken = Collections.frequency(statuses, 202);
                assertThat(taken).as("announced: %s", announced).isBetween(announced ? 1 : 0, 1);
                assertThat(Collections.frequency(statuses, 403)).isEqualTo(TOGETHER - taken);
                assertThat(patch(registry, begin(registry, "small/" + announced), MOST)).isEqualTo(
                        taken == 1 ? 403 : 202);
            }
        }
    }

    @Test
    void whatWasStagedBeforeARestartCounts() {
        String first;
        try (RunningRegistry registry = start(Clock.systemUTC())) {
            first = begin(registry, "small/a");
            assertThat(patch(registry, first, MOST)).isEqualTo(202);
        }
        try (RunningRegistry registry = start(Clock.systemUTC())) {
            assertThat(patch(registry, begin(registry, "small/a"), MOST)).isEqualTo(403);
            assertThat(patch(registry, first, QUOTA - MOST)).isEqualTo(202);
        }
    }

    @Test
    void anUploadThatWasBrokenOffGivesWay() {
        String broken;
        String other;
        try (RunningRegistry registry = start(Clock.systemUTC())) {
            broken = begin(registry, "small/a");
            assertThat(patch(registry, broken, MOST)).isEqualTo(202);
            other = begin(registry, "small/b");
            assertThat(patch(registry, other, MOST)).isEqualTo(202);
        }
        Clock later = Clock.fixed(Instant.now().plus(Duration.ofMinutes(5)), ZoneOffset.UTC);
        try (RunningRegistry registry = start(later)) {
            assertThat(patch(registry, begin(registry, "small/a"), MOST)).isEqualTo(202);
            assertThat(registry.call("GET", broken).send().statusCode()).isEqualTo(404);
            assertThat(registry.call("GET", other).send().statusCode()).isEqualTo(204);
            assertThat(patch(registry, begin(registry, "small/a"), MOST)).isEqualTo(403);
        }
    }

    private RunningRegistry start(Clock clock) {
        return RunningRegistry.start(storage, ServerOptions.loopback(PortChoice.ANY)
                .withClock(clock)
                .withPolicies(Policies.DEFAULTS.withQuotas(List.of(new Quota(RepositoryPattern
                        .parse("small/**"), QUOTA)))));
    }

    private static String begin(RunningRegistry registry, String repository) {
        return SpecRepository.location(registry.call("POST", "/v2/" + repository
                + "/blobs/uploads/").send());
    }

    private static int patch(RunningRegistry registry, String upload, int bytes) {
        return registry.call("PATCH", upload).body(Bytes.of(new byte[bytes])).send().statusCode();
    }

    private static int stream(RunningRegistry registry, String upload, int bytes) {
        return registry.call("PATCH", upload)
                .body(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(
                        new byte[bytes])))
                .send()
                .statusCode();
    }

    private static List<Integer> statuses(List<Future<Integer>> answers)
            throws InterruptedException, ExecutionException {
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : answers) {
            statuses.add(answer.get());
        }
        return statuses;
    }
}
