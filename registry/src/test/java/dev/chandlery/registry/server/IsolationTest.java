package dev.chandlery.registry.server;

import static dev.chandlery.registry.server.Accounts.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What one tenant does changes nothing that another one sees: each history is played twice, once with both
 * tenants and once with one alone, and that one must get the same answers to the byte.
 */
final class IsolationTest {
    private static final int STEPS = 250;
    private static final int CONTENTS = 6;
    private static final Set<String> OWN_TO_EACH_ANSWER = Set.of("date", "chandlery-instance");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aTenantCannotTellWhetherAnotherIsThere(long seed) throws IOException {
        List<Step> history = history(new Random(seed));
        for (String watched : List.of("red", "blue")) {
            List<String> together = play(history, watched, true);
            List<String> alone = play(history, watched, false);
            for (int i = 0; i < alone.size(); i++) {
                assertThat(together.get(i)).as("seed %d, %s, answer %d", seed, watched, i)
                        .isEqualTo(alone.get(i));
            }
            assertThat(together).hasSameSizeAs(alone);
        }
    }

    @Test
    void mountsFromWhatIsOnesOwnHoweverManyOthersHaveItToo() throws IOException {
        try (RunningRegistry registry = start("mounts")) {
            Bytes shared = Bytes.ofUtf8("{}");
            Bytes hidden = Bytes.ofUtf8("hidden");
            for (int i = 0; i < 110; i++) {
                String at = "/v2/blue/r" + i + "/blobs/uploads/?digest=";
                send(registry, "blue", "POST", at + shared.digest(), shared);
                send(registry, "blue", "POST", at + hidden.digest(), hidden);
            }
            send(registry, "red", "POST", "/v2/red/x/blobs/uploads/?digest=" + shared.digest(),
                    shared);
            String mount = "/v2/red/y/blobs/uploads/?mount=";
            assertThat(send(registry, "red", "POST", mount + hidden.digest(), null).statusCode())
                    .isEqualTo(202);
            assertThat(send(registry, "red", "POST", mount + shared.digest(), null).statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void hiddenAbsentAndNeverMadeAnswerAlike() throws IOException {
        try (RunningRegistry registry = start("alike")) {
            Bytes config = Bytes.ofUtf8("{}");
            Bytes image = Manifests.image(config.digest(), config.size(), "");
            send(registry, "ops", "POST", "/v2/blue/x/blobs/uploads/?digest=" + config.digest(),
                    config);
            send(registry, "ops", "PUT", "/v2/blue/x/manifests/v1", image);
            send(registry, "ops", "POST", "/v2/red/x/blobs/uploads/?digest=" + config.digest(),
                    config);
            for (String path : List.of("manifests/v1", "manifests/" + image.digest(), "blobs/"
                    + image.digest(), "tags/list", "manifests/sha256:zz", "manifests/-bad",
                    "blobs/none", "referrers/" + image.digest(), "referrers/none",
                    "tags/list?n=x")) {
                for (String method : List.of("GET", "HEAD")) {
                    String hidden = shown(send(registry, "red", method, "/v2/blue/x/" + path,
                            null));
                    String nowhere = shown(send(registry, "red", method, "/v2/red/nn/" + path,
                            null));
                    String never = shown(send(registry, "red", method, "/v2/blue/n/" + path,
                            null));
                    assertThat(hidden).as(path).isEqualTo(never.replace("blue/n", "blue/x"));
                    assertThat(hidden).as(path).isEqualTo(nowhere.replace("red/nn", "blue/x"));
                }
            }
            assertThat(send(registry, "blue", "GET", "/v2/blue/x/manifests/v1", null).statusCode())
                    .isEqualTo(200);
        }
    }

    private record Step(String tenant, String method, String target, Bytes body) {}

    private static List<Step> history(Random random) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            String tenant = random.nextBoolean() ? "red" : "blue";
            String other = tenant.equals("red") ? "blue" : "red";
            steps.add(step(random, tenant, random.nextInt(4) == 0 ? other : tenant));
        }
        return steps;
    }

    private static Step step(Random random, String tenant, String owner) {
        String base = "/v2/" + owner + "/" + (random.nextBoolean() ? "x" : "y");
        Bytes blob = Bytes.ofUtf8("content " + random.nextInt(CONTENTS));
        Bytes image = Manifests.image(blob.digest(), blob.size(), " ".repeat(random.nextInt(2)));
        Bytes attached = Manifests.attached(blob.digest(), image.digest(), "a/b", "note");
        Digest any = random.nextBoolean() ? image.digest() : blob.digest();
        String tag = "v" + random.nextInt(2);
        Bytes none = Bytes.of(new byte[0]);
        return switch (random.nextInt(15)) {
            case 0, 1, 2 -> new Step(tenant, "POST", base + "/blobs/uploads/?digest=" + blob
                    .digest(), blob);
            case 3 -> new Step(tenant, "POST", base + "/blobs/uploads/?mount=" + blob.digest()
                    + "&from=" + (random.nextBoolean() ? "red/x" : "blue/x"), none);
            case 4 -> new Step(tenant, "POST", base + "/blobs/uploads/?mount=" + blob.digest(),
                    none);
            case 5, 6 -> new Step(tenant, "PUT", base + "/manifests/" + tag, image);
            case 7 -> new Step(tenant, "PUT", base + "/manifests/" + attached.digest(), attached);
            case 8 -> new Step(tenant, "GET", base + "/manifests/" + tag, none);
            case 9 -> new Step(tenant, random.nextBoolean() ? "GET" : "HEAD", base + "/manifests/"
                    + any, none);
            case 10 -> new Step(tenant, random.nextBoolean() ? "GET" : "HEAD", base + "/blobs/"
                    + any, none);
            case 11 -> new Step(tenant, "GET", base + "/tags/list?n=1", none);
            case 12 -> new Step(tenant, "GET", base + "/referrers/" + image.digest(), none);
            case 13 -> new Step(tenant, "GET", "/v2/_catalog?n=1", none);
            default -> new Step(tenant, "DELETE", base + (random.nextBoolean()
                    ? "/manifests/" + any
                    : "/blobs/" + blob.digest()), none);
        };
    }

    private List<String> play(List<Step> history, String watched, boolean together)
            throws IOException {
        List<String> answers = new ArrayList<>();
        try (RunningRegistry registry = start(watched + together)) {
            for (Step step : history) {
                if (together || step.tenant().equals(watched)) {
                    HttpResponse<String> answer = send(registry, step.tenant(), step.method(), step
                            .target(), step.body());
                    if (step.tenant().equals(watched)) {
                        answers.add(step.method() + " " + step.target() + "\n" + shown(answer));
                    }
                }
            }
        }
        try (Stream<Path> left = Files.walk(folder.resolve(watched + together))) {
            left.sorted(java.util.Comparator.reverseOrder()).forEach(IsolationTest::delete);
        }
        return answers;
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private RunningRegistry start(String name) throws IOException {
        return RunningRegistry.start(Files.createDirectories(folder.resolve(name)), Accounts
                .options(folder));
    }

    private static HttpResponse<String> send(RunningRegistry registry, String tenant,
            String method, String target, @org.jspecify.annotations.Nullable Bytes body) {
        PlainClient.Call call = registry.call(method, target)
                .header("Authorization", basic(tenant))
                .header("Content-Type", Manifests.IMAGE);
        return body == null || body.size() == 0 ? call.send() : call.body(body).send();
    }

    /** All of an answer but what is its own: times, and the random names of uploads. */
    private static String shown(HttpResponse<String> answer) {
        Map<String, List<String>> headers = new TreeMap<>();
        answer.headers().map().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!OWN_TO_EACH_ANSWER.contains(lower)) {
                headers.put(lower, values.stream()
                        .map(value -> value.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
                                "UPLOAD"))
                        .toList());
            }
        });
        return answer.statusCode() + "\n" + headers + "\n" + answer.body();
    }
}
