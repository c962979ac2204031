package dev.chandlery.registry.server;

import static dev.chandlery.registry.server.Accounts.basic;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chandlery.oci.Bytes;
import dev.chandlery.registry.hook.Change;
import dev.chandlery.registry.hook.RegistryHook;
import dev.chandlery.registry.http.PortChoice;
import dev.chandlery.registry.http.TrustedProxies;
import dev.chandlery.registry.limit.Rates;
import dev.chandlery.registry.observe.AccessLog;
import dev.chandlery.registry.observe.AuditLog;
import dev.chandlery.registry.observe.CommandDeed;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those who run a registry see of it, and what they can forbid. */
final class OperationTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;
    private Path storage;

    @BeforeEach
    void prepare() throws IOException {
        storage = Files.createDirectory(folder.resolve("storage"));
    }

    private static ServerOptions open() {
        return ServerOptions.loopback(PortChoice.ANY);
    }

    @Test
    void writesDownEveryWriteAndEveryRefusal() throws IOException {
        Path logs = folder.resolve("audit");
        Files.createDirectories(logs);
        Files.writeString(logs.resolve("audit-2020-01-01.jsonl"), "old");
        Clock clock = Clock.fixed(Instant.now(), ZoneOffset.UTC); // no midnight in between
        try (AuditLog audit = AuditLog.open(logs, Duration.ofDays(7), clock);
                RunningRegistry registry = RunningRegistry.start(storage, Accounts.options(folder)
                        .withInsight(new Insight(List.of(audit), false)))) {
            push(registry, "red/x", basic("red"), Bytes.ofUtf8("{}"));
            send(registry, "GET", "/v2/red/x/manifests/v1", basic("red"));
            send(registry, "GET", "/v2/red/x/manifests/v1", basic("blue"));
            send(registry, "DELETE", "/v2/red/x/manifests/v1", basic("blue"));
            send(registry, "GET", "/v2/", basic("red", "wrong"));
            send(registry, "DELETE", "/v2/red/x/manifests/v1", basic("red"));
            assertThat(registry.call("GET", "/v2/")
                    .header("X-Request-Id", "mine-1")
                    .send()
                    .headers()
                    .firstValue("X-Request-Id")).hasValue("mine-1");
        }
        List<JsonNode> lines = new ArrayList<>();
        Path today = logs.resolve("audit-" + LocalDate.now(clock) + ".jsonl");
        for (String line : Files.readAllLines(today)) {
            lines.add(JSON.readTree(line));
        }
        assertThat(lines.stream()
                .map(line -> "%s %s %s %s %s".formatted(line.path("actor").asText(), line.path(
                        "operation").asText(), line.path("repository").asText(), line.path("result")
                                .asText(), line.path("status").asText()))).containsExactly(
                                        "red push-blob red/x done 201",
                                        "red push-manifest red/x done 201",
                                        "blue get-manifest red/x refused 404",
                                        "blue delete-manifest red/x refused 403",
                                        "unproven:red get-root  refused 401",
                                        "red delete-manifest red/x done 202",
                                        "anonymous get-root  refused 401");
        assertThat(lines.getFirst().path("address").asText()).isEqualTo("127.0.0.1");
        assertThat(lines.get(1).path("digest").asText()).startsWith("sha256:");
        assertThat(lines.get(2).path("code").asText()).isEqualTo("HIDDEN");
        assertThat(lines.getLast().path("request").asText()).isEqualTo("mine-1");
        assertThat(Files.readString(today)).doesNotContain("secret", "wrong\"");
        try (Stream<Path> files = Files.list(logs)) {
            assertThat(files).containsExactly(today);
        }
    }

    @Test
    void aLineThatWasNotWrittenWhollySpoilsNoOther() throws IOException {
        Path logs = Files.createDirectories(folder.resolve("audit"));
        Path today = logs.resolve("audit-" + LocalDate.now(ZoneOffset.UTC) + ".jsonl");
        Files.writeString(today, "{\"time\":\"20");
        try (AuditLog audit = AuditLog.open(logs, Duration.ofDays(7), Clock.systemUTC())) {
            audit.done(new CommandDeed("command:me", "delete-manifest", "a", "v1", ""));
            audit.done(new CommandDeed("command:me", "delete-manifest", "a", "v2", ""));
        }
        List<String> lines = Files.readAllLines(today);
        assertThat(lines).hasSize(3);
        assertThat(JSON.readTree(lines.get(1)).path("target").asText()).isEqualTo("v1");
        assertThat(JSON.readTree(lines.get(2)).path("target").asText()).isEqualTo("v2");
    }

    @Test
    void logsRequestsForPeopleAndPrograms() throws IOException {
        StringBuilder text = new StringBuilder();
        StringBuilder json = new StringBuilder();
        try (AccessLog people = AccessLog.to(text, AccessLog.Format.TEXT, Clock.systemUTC());
                AccessLog programs = AccessLog.to(json, AccessLog.Format.JSON, Clock.systemUTC());
                RunningRegistry registry = RunningRegistry.start(storage, open().withInsight(
                        new Insight(List.of(people, programs), false)))) {
            registry.call("GET", "/v2/a/tags/list?n=5").header("X-Request-Id", "mine").send();
            registry.call("GET", "/v2/").header("X-Request-Id", "not fit").send();
        }
        assertThat(text.toString().lines().findFirst().orElseThrow()).matches(
                "\\S+Z 127\\.0\\.0\\.1 anonymous \"GET /v2/a/tags/list\\?n=5\" 404 0 \\d+ \\d+us mine");
        JsonNode second = JSON.readTree(json.toString().lines().skip(1).findFirst().orElseThrow());
        assertThat(second.path("status").asInt()).isEqualTo(200);
        assertThat(second.path("route").asText()).isEqualTo("root");
        assertThat(second.path("request").asText()).matches("[0-9a-f]{16}");
    }

    @Test
    void believesTrustedProxiesWhoAsks() {
        StringBuilder log = new StringBuilder();
        ServerOptions options = open();
        try (AccessLog people = AccessLog.to(log, AccessLog.Format.TEXT, Clock.systemUTC());
                RunningRegistry registry = RunningRegistry.start(storage, options.withHttp(options
                        .http()
                        .withProxies(TrustedProxies.parse(List.of("127.0.0.0/8"))))
                        .withInsight(new Insight(List.of(people), false)))) {
            registry.call("GET", "/v2/")
                    .header("X-Forwarded-For", "203.0.113.9, 198.51.100.7")
                    .send();
            registry.call("GET", "/v2/").header("Forwarded", "for=198.51.100.8").send();
        }
        assertThat(log.toString()).contains("Z 198.51.100.7 ", "Z 198.51.100.8 ");
    }

    @Test
    void servesMetricsToThoseWhoMayReadThem() {
        try (RunningRegistry registry = RunningRegistry.start(storage, Accounts.options(folder)
                .withInsight(new Insight(List.of(), true)))) {
            push(registry, "red/x", basic("red"), Bytes.ofUtf8("{}"));
            for (int i = 0; i < 3; i++) {
                send(registry, "GET", "/v2/red/x/manifests/v1", basic("red"));
            }
            send(registry, "GET", "/v2/red/x/manifests/v1", basic("blue"));
            registry.call("PUT", "/v2/red/x/manifests/v2")
                    .header("Authorization", basic("red"))
                    .header("Content-Type", Manifests.IMAGE)
                    .body(Bytes.ofUtf8("{"))
                    .send();
            assertThat(send(registry, "GET", "/metrics", null).statusCode()).isEqualTo(401);
            assertThat(send(registry, "GET", "/metrics", basic("red")).statusCode()).isEqualTo(403);
            HttpResponse<String> metrics = send(registry, "GET", "/metrics", basic("ops"));
            assertThat(metrics.statusCode()).isEqualTo(200);
            assertThat(metrics.headers().firstValue("Content-Type").orElseThrow()).startsWith(
                    "text/plain; version=0.0.4");
            assertThat(metrics.body()).contains(
                    "chandlery_registry_requests_seconds_count{method=\"GET\",route=\"manifest\",status=\"200\"} 3",
                    "chandlery_registry_refusals_total{code=\"HIDDEN\"} 1",
                    "chandlery_registry_refusals_total{code=\"MANIFEST_INVALID\"} 1",
                    "chandlery_registry_manifests 1.0", "chandlery_registry_repositories 1.0",
                    "chandlery_registry_cache_hits_total{cache=\"manifest-content\"} 2.0",
                    "chandlery_registry_bodies_bytes_total{direction=\"received\"}",
                    "jvm_memory_used_bytes").doesNotContain("red/x");
        }
    }

    @Test
    void tellsWhetherItIsWell() throws IOException {
        try (RunningRegistry registry = RunningRegistry.start(storage, Accounts.options(folder))) {
            assertThat(send(registry, "GET", "/healthz", null).body()).isEqualTo(
                    "{\"status\":\"ok\"}");
            assertThat(send(registry, "GET", "/readyz", null).statusCode()).isEqualTo(200);
            assertThat(send(registry, "POST", "/readyz", null).statusCode()).isEqualTo(405);
            assertThat(send(registry, "HEAD", "/healthz", null).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void hooksHaveASay() {
        List<String> seen = new ArrayList<>();
        RegistryHook hook = new RegistryHook() {
            @Override
            public Optional<String> before(Change change) {
                seen.add("before " + change.operation() + " by " + change.actor().name());
                return change.manifest()
                        .filter(manifest -> manifest.utf8().contains("forbidden"))
                        .map(_ -> "cannot accept manifest: it is forbidden");
            }

            @Override
            public void after(Change change, boolean done) {
                seen.add("after " + change.operation() + " " + done);
            }
        };
        try (RunningRegistry registry = RunningRegistry.start(storage, open().withPolicies(
                Policies.DEFAULTS.withHooks(List.of(hook))))) {
            Bytes config = Bytes.ofUtf8("{}");
            registry.client().pushBlob("a", config);
            registry.client()
                    .pushManifest("a", "v1", Manifests.IMAGE, Manifests.image(config
                            .digest(), 2, ""));
            HttpResponse<String> refused = registry.call("PUT", "/v2/a/manifests/v2")
                    .header("Content-Type", Manifests.IMAGE)
                    .body(Manifests.attached(config.digest(), config.digest(), "a/forbidden", ""))
                    .send();
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("DENIED", "it is forbidden");
            assertThat(registry.call("GET", "/v2/a/manifests/v2").send().statusCode()).isEqualTo(
                    404);
            registry.call("DELETE", "/v2/a/manifests/v1").send();
            registry.call("DELETE", "/v2/a/manifests/v1").send();
        }
        assertThat(seen).containsExactly("before PUSH_BLOB by anonymous", "after PUSH_BLOB true",
                "before PUSH_MANIFEST by anonymous", "after PUSH_MANIFEST true",
                "before PUSH_MANIFEST by anonymous", "before DELETE_MANIFEST by anonymous",
                "after DELETE_MANIFEST true", "before DELETE_MANIFEST by anonymous",
                "after DELETE_MANIFEST false");
    }

    @Test
    void slowsDownWhoAsksTooMuch() {
        Policies policies = Policies.DEFAULTS.withRates(new Rates(1, 0));
        try (RunningRegistry registry = RunningRegistry.start(storage, Accounts.options(folder)
                .withPolicies(policies))) {
            long begin = System.nanoTime();
            HttpResponse<String> first = send(registry, "GET", "/v2/", basic("red"));
            assertThat(first.headers().firstValue("RateLimit-Limit")).hasValue("10");
            assertThat(first.headers().firstValue("RateLimit-Remaining")).hasValue("9");
            HttpResponse<String> absent = send(registry, "GET", "/v2/red/x/manifests/v1", basic(
                    "red"));
            assertThat(absent.statusCode()).isEqualTo(404);
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
            assertThat(absent.headers().firstValueAsLong("RateLimit-Remaining").orElseThrow())
                    .isBetween(8L, 8 + seconds);
            HttpResponse<String> last = first;
            for (int i = 0; i < 1000 && last.statusCode() == 200; i++) {
                last = send(registry, "GET", "/v2/", basic("red"));
            }
            assertThat(last.statusCode()).isEqualTo(429);
            assertThat(last.body()).contains("TOOMANYREQUESTS");
            assertThat(last.headers().firstValueAsLong("Retry-After").orElseThrow()).isPositive();
            assertThat(send(registry, "GET", "/v2/", basic("blue")).statusCode()).isEqualTo(200);
        }
    }

    private static void push(RunningRegistry registry, String repository, String credentials,
            Bytes config) {
        registry.call("POST", "/v2/" + repository + "/blobs/uploads/?digest=" + config.digest())
                .header("Authorization", credentials)
                .body(config)
                .send();
        HttpResponse<String> answer = registry.call("PUT", "/v2/" + repository + "/manifests/v1")
                .header("Authorization", credentials)
                .header("Content-Type", Manifests.IMAGE)
                .body(Manifests.image(config.digest(), config.size(), ""))
                .send();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static HttpResponse<String> send(RunningRegistry registry, String method,
            String target, @org.jspecify.annotations.Nullable String credentials) {
        PlainClient.Call call = registry.call(method, target);
        return credentials == null ? call.send() : call.header("Authorization", credentials).send();
    }
}
