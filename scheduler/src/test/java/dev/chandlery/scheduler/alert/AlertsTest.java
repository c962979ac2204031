package dev.chandlery.scheduler.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import dev.chandlery.cli.registry.SecretTexts;
import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.operation.JobKind;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.scheduler.command.Wiring;
import dev.chandlery.scheduler.history.IncidentChanges;
import dev.chandlery.scheduler.job.Finding;
import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.job.Outcome;
import dev.chandlery.scheduler.job.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Request(String method, String path, String authorization, String key,
            JsonNode body) {}

    @TempDir
    Path folder;

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<JsonNode> issues = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int status = 200;
    private Instant now = Instant.parse("2026-01-05T06:00:00Z");
    private Outcome next = Outcome.of(Result.DONE, "done");

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] bytes = exchange.getRequestBody().readAllBytes();
                JsonNode body = bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes);
                String path = exchange.getRequestURI().toString();
                requests.add(new Request(exchange.getRequestMethod(), path, String.valueOf(exchange
                        .getRequestHeaders()
                        .getFirst("Authorization")), String.valueOf(exchange.getRequestHeaders()
                                .getFirst("Idempotency-Key")), body));
                byte[] answer = answer(exchange.getRequestMethod(), path, body).getBytes(
                        StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
    }

    /** As GitHub's issues. */
    private String answer(String method, String path, JsonNode body) {
        if (method.equals("GET")) {
            return path.contains("state=open") ? issues.toString() : "[]";
        }
        if (path.endsWith("/issues")) {
            issues.add(JSON.createObjectNode()
                    .put("number", 7)
                    .put("body", body.path("body")
                            .asText()));
        }
        if (method.equals("PATCH")) {
            issues.clear();
        }
        return "{}";
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aChangeOfStateIsToldOnceAndRecoveryToo() throws IOException {
        try (Wiring wiring = wiring(hook("format: json, token: \"${env:HOOK}\""))) {
            next = Outcome.of(Result.FAILED, "cannot reach it");
            publish(wiring);
            publish(wiring);
            publish(wiring);
            assertThat(requests).hasSize(1);
            JsonNode told = requests.getFirst().body();
            assertThat(requests.getFirst().key()).isEqualTo(told.path("key").asText()).hasSize(32);
            assertThat(told.path("status").asText()).isEqualTo("failing");
            assertThat(told.at("/incidents/0/subject").asText()).isEqualTo("publish");
            assertThat(told.at("/incidents/0/text").asText()).isEqualTo("cannot reach it");
            assertThat(requests.getFirst().authorization()).isEqualTo("Bearer s3cret");

            next = Outcome.of(Result.NOTHING_TO_DO, "all there");
            publish(wiring);
            publish(wiring);
            assertThat(requests).hasSize(2);
            assertThat(requests.getLast().body().path("status").asText()).isEqualTo("recovered");
            assertThat(requests.getLast().body().at("/incidents/0/resolved").asText())
                    .isNotEmpty();
        }
    }

    @Test
    void slackAndTeamsGetTheirForms() throws IOException {
        String config = """
                    slack: {webhook: {url: "${env:URL}", format: slack}}
                    teams: {webhook: {url: "${env:URL}", format: teams}}
                """;
        try (Wiring wiring = wiring(config)) {
            next = new Outcome(Result.DONE, "drift", List.of(new Finding(Finding.Kind.DRIFT,
                    "protoc 31.1 linux-x86_64", "expected <a> & got b")), Set.of());
            publish(wiring);
        }
        assertThat(requests).hasSize(2);
        // Channels are told side by side.
        JsonNode slack = bodyWith("blocks");
        assertThat(slack.path("text").asText()).contains("upstream changed protoc 31.1");
        assertThat(slack.at("/blocks/1/text/text").asText()).contains(
                "upstream changed protoc 31.1");
        assertThat(slack.at("/blocks/2/text/text").asText()).contains("expected <a> & got b");
        assertThat(slack.findValuesAsText("type")).doesNotContain("mrkdwn");
        JsonNode card = bodyWith("attachments").at("/attachments/0/content");
        assertThat(card.path("type").asText()).isEqualTo("AdaptiveCard");
        assertThat(card.at("/body/1/inlines/0/text").asText()).contains(
                "upstream changed protoc 31.1");
    }

    private JsonNode bodyWith(String field) {
        return requests.stream()
                .map(Request::body)
                .filter(body -> body.has(field))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anIssueIsOpenedCommentedAndClosed() throws IOException {
        try (Wiring wiring = wiring("    issue: {github_issue: {repository: acme/tools,"
                + " token: \"${env:HOOK}\", labels: [alert], api: \"" + address() + "\"}}\n")) {
            next = Outcome.of(Result.FAILED, "cannot reach it");
            publish(wiring);
            next = Outcome.of(Result.DONE, "well");
            publish(wiring);
        }
        assertThat(requests).extracting(r -> r.method() + " " + r.path().replaceAll("\\?.*", ""))
                .containsExactly("GET /repos/acme/tools/issues", "GET /repos/acme/tools/issues",
                        "POST /repos/acme/tools/issues", "GET /repos/acme/tools/issues",
                        "GET /repos/acme/tools/issues/7/comments",
                        "POST /repos/acme/tools/issues/7/comments",
                        "PATCH /repos/acme/tools/issues/7");
        assertThat(requests.get(2).body().path("title").asText()).contains("job publish fails");
        assertThat(requests.get(2).body().at("/labels/0").asText()).isEqualTo("alert");
        assertThat(requests.get(6).body().path("state").asText()).isEqualTo("closed");
    }

    @Test
    void titlesOfIssuesAreAsShortAsGithubWants() throws IOException {
        try (Wiring wiring = wiring("    issue: {github_issue: {repository: acme/tools,"
                + " token: \"${env:HOOK}\", api: \"" + address() + "\"}}\n")) {
            next = new Outcome(Result.DONE, "drift", List.of(new Finding(Finding.Kind.DRIFT,
                    "a\n@b "
                            .repeat(500), "```\n@everybody")), Set.of());
            publish(wiring);
        }
        JsonNode issue = requests.getLast().body();
        assertThat(issue.path("title").asText()).hasSizeLessThanOrEqualTo(256)
                .doesNotContain(
                        "\n");
        assertThat(issue.path("body").asText()).contains("```text\n'''\n@everybody\n```");
    }

    @Test
    void mailsAreSent() throws Exception {
        GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mails.start();
        mails.setUser("robot@example.com", "robot", "s3cret");
        try (Wiring wiring = wiring("    mail: {email: {host: 127.0.0.1, port: " + mails.getSmtp()
                .getPort() + ", security: none, username: robot, password: \"${env:HOOK}\","
                + " from: robot@example.com, to: [ops@example.com, b@example.com]}}\n")) {
            next = Outcome.of(Result.FAILED, "cannot reach it: größer");
            publish(wiring);
            assertThat(mails.waitForIncomingEmail(20_000, 2)).isTrue();
            var mail = mails.getReceivedMessages()[0];
            assertThat(mail.getSubject()).contains("job publish fails");
            assertThat(mail.getContent().toString()).contains("cannot reach it: größer");
            assertThat(GreenMailUtil.getHeaders(mail)).contains("Auto-Submitted: auto-generated");
        } finally {
            mails.stop();
        }
    }

    @Test
    void whatCannotBeDeliveredIsToldLaterAndFailsNothing() throws IOException {
        try (Wiring wiring = wiring(hook("format: json"))) {
            status = 410;
            next = Outcome.of(Result.FAILED, "first");
            publish(wiring);
            assertThat(requests).isNotEmpty();
            requests.clear();
            status = 200;
            next = Outcome.of(Result.DONE, "well");
            publish(wiring);
        }
        assertThat(requests).hasSize(1);
        assertThat(requests.getFirst().body().path("status").asText()).isEqualTo("changed");
        assertThat(requests.getFirst().body().path("incidents")).hasSize(2);
    }

    @Test
    void messagesAreLimitedAndToldTogetherLater() throws IOException {
        try (Wiring wiring = wiring(hook("format: json"))) {
            for (int i = 0; i < 4; i++) {
                next = Outcome.of(i % 2 == 0 ? Result.FAILED : Result.DONE, "flaps");
                publish(wiring);
            }
            assertThat(requests).hasSize(2);
            now = now.plus(Duration.ofHours(2));
            publish(wiring);
        }
        assertThat(requests).hasSize(3);
        assertThat(requests.getLast().body().path("incidents")).hasSize(2);
    }

    @Test
    void nobodyWaitsForAChannelThatHangs() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (Wiring wiring = wiring(hook("format: json"))) {
            Alerts alerts = new Alerts(new TreeMap<>(Map.of("hook", _ -> {
                asked.countDown();
                await(go);
            })), new Alerts.Limits("here", 10, () -> now), wiring.store().deliveries(), wiring
                    .locks());
            try (Courier _ = Courier.start(alerts)) {
                alerts.tell(failing(wiring));
                assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
                alerts.tell(new IncidentChanges(List.of(), List.of())); // returns
                assertThat(wiring.store().deliveries().pending("hook")).isNotEmpty();
                go.countDown();
            }
            assertThat(wiring.store().deliveries().pending("hook")).isEmpty();
        }
    }

    @Test
    void whatAKilledProcessCouldNotTellTheNextOneDoes() throws Exception {
        try (Wiring wiring = wiring(hook("format: json"))) {
            failing(wiring); // and then it is killed
        }
        CountDownLatch told = new CountDownLatch(1);
        try (Wiring wiring = wiring(hook("format: json"))) {
            Alerts alerts = new Alerts(new TreeMap<>(Map.of("hook", _ -> told.countDown())),
                    new Alerts.Limits("here", 10, () -> now), wiring.store().deliveries(), wiring
                            .locks());
            try (Courier _ = Courier.start(alerts)) {
                assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void aHistoryThatIsForgottenTellsNothingFalse() throws IOException {
        try (Wiring wiring = wiring(hook("format: json"))) {
            status = 500;
            next = Outcome.of(Result.FAILED, "first");
            publish(wiring);
            next = Outcome.of(Result.DONE, "well");
            publish(wiring);
            wiring.store().history().prune(now.plus(Duration.ofDays(1)));
            status = 200;
            requests.clear();
            next = Outcome.of(Result.FAILED, "second");
            publish(wiring);
        }
        assertThat(requests.getLast().body().path("incidents")).extracting(i -> i.path("status")
                .asText() + " " + i.path("text").asText())
                .containsExactly("open first",
                        "resolved first", "open second");
    }

    @Test
    void oneChannelThatFailsKeepsNoOtherFromBeingTold() throws IOException {
        try (Wiring wiring = wiring("    a: {webhook: {url: \"http://127.0.0.1:1/a\"}}\n" + hook(
                "format: json"))) {
            next = Outcome.of(Result.FAILED, "first");
            publish(wiring);
            assertThat(requests).hasSize(1);
            assertThat(wiring.store().deliveries().pending("a")).hasSize(1);
            assertThat(wiring.store().deliveries().pending("hook")).isEmpty();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("interrupted");
        }
    }

    private IncidentChanges failing(Wiring wiring) {
        return wiring.store()
                .incidents(List.of("hook"))
                .observe(now, List.of(new Finding(Finding.Kind.JOB, "publish", "failed")), Set
                        .of());
    }

    private void publish(Wiring wiring) {
        wiring.service().now(JobName.of(JobKind.PUBLISH));
    }

    private String hook(String options) {
        return "    hook: {webhook: {url: \"" + address() + "/hook\", " + options + "}}\n";
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Wiring wiring(String channels) throws IOException {
        Path file = Files.writeString(folder.resolve("registry.yaml"), """
                primary_registry: {url: embedded, storage: registry}
                cache: {local_cache_dir: cache}
                publishing: {retry_attempts: 0}
                monitoring: {alert_on_failure: true}
                alerts:
                  most_per_hour: 2
                  channels:
                """ + channels);
        Map<String, String> environment = Map.of("HOME", folder.toString(), "HOOK", "s3cret",
                "URL", address() + "/secret/path");
        ConfigSpec config = ConfigLoader.load(file, environment);
        assertThat(new SecretTexts(environment, folder).toString()).doesNotContain("s3cret");
        return Wiring.open(() -> config, new Wiring.World("here", environment, () -> now),
                _ -> () -> next);
    }
}
