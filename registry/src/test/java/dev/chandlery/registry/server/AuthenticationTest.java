package dev.chandlery.registry.server;

import static dev.chandlery.registry.server.Accounts.basic;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chandlery.oci.Bytes;
import dev.chandlery.registry.access.AccessTokens;
import dev.chandlery.registry.access.TokenScope;
import dev.chandlery.registry.metadata.MetadataStore;
import dev.chandlery.registry.sql.SqliteMetadata;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets in, by which credentials, and how far. */
final class AuthenticationTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;
    private Path storage;
    private RunningRegistry registry;

    @BeforeEach
    void start() throws IOException {
        storage = Files.createDirectory(folder.resolve("storage"));
        registry = RunningRegistry.start(storage, Accounts.options(folder));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void challengesWhoSaysNothing() {
        HttpResponse<String> root = registry.call("GET", "/v2/").send();
        assertThat(root.statusCode()).isEqualTo(401);
        assertThat(root.body()).contains("UNAUTHORIZED");
        assertThat(root.headers().firstValue("WWW-Authenticate")).hasValue(
                "Bearer realm=\"http://%s/token\",service=\"chandlery-registry\"".formatted(registry
                        .server()
                        .address()));
        assertThat(registry.call("GET", "/v2/red/x/tags/list")
                .send()
                .headers()
                .firstValue("WWW-Authenticate")
                .orElseThrow()).endsWith("scope=\"repository:red/x:pull\"");
        assertThat(registry.call("POST", "/v2/red/x/blobs/uploads/?mount=sha256:" + "0".repeat(64)
                + "&from=blue/y")
                .send()
                .headers()
                .firstValue("WWW-Authenticate")
                .orElseThrow()).endsWith(
                        "scope=\"repository:red/x:pull,push repository:blue/y:pull\"");
    }

    @ParameterizedTest
    @CsvSource({"red, red-secret, 200", "red, blue-secret, 401", "green, red-secret, 401",
            "red, '', 401", "anonymous, '', 401"})
    void looksAtNameAndPassword(String name, String password, int status) {
        assertThat(status("GET", "/v2/", basic(name, password))).isEqualTo(status);
    }

    @Test
    void aTokenIsGoodForWhatItWasAskedFor() throws IOException {
        push("red/x", basic("red"));
        String pull = token(basic("red"), "repository:red/x:pull");
        assertThat(status("GET", "/v2/red/x/manifests/v1", "Bearer " + pull)).isEqualTo(200);
        assertThat(status("DELETE", "/v2/red/x/manifests/v1", "Bearer " + pull)).isEqualTo(401);
        assertThat(status("GET", "/v2/red/y/manifests/v1", "Bearer " + pull)).isEqualTo(401);
        assertThat(status("GET", "/v2/", "Bearer " + pull)).isEqualTo(200);
        assertThat(status("GET", "/v2/_catalog", "Bearer " + pull)).isEqualTo(401);
    }

    /** Mounting a blob from another repository, end-11: clients have a token of the target, as a rule. */
    @Test
    void aMountAsksForATokenThatIsGoodForItsSourceToo() throws IOException {
        push("red/x", basic("red"));
        push("blue/x", basic("blue"));
        String blob = Bytes.ofUtf8("{}").digest().toString();
        String narrow = "Bearer " + token(basic("red"), "repository:red/y:pull,push");
        String mount = "/v2/red/y/blobs/uploads/?mount=" + blob + "&from=";
        HttpResponse<String> refused = send("POST", mount + "red/x", narrow);
        assertThat(refused.statusCode()).isEqualTo(401);
        String scopes = "repository:red/y:pull,push repository:red/x:pull";
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow()).endsWith(
                "scope=\"" + scopes + "\"");
        assertThat(status("POST", mount + "red/never", narrow)).isEqualTo(401);
        assertThat(status("POST", mount + "blue/x", narrow)).isEqualTo(202);
        assertThat(status("POST", mount + "blue/never", narrow)).isEqualTo(202);
        assertThat(status("POST", "/v2/red/y/blobs/uploads/?mount=" + blob, narrow)).isEqualTo(
                202);
        String wide = "Bearer " + token(basic("red"), scopes.replace(" ", "%20"));
        assertThat(status("POST", mount + "red/x", wide)).isEqualTo(201);
    }

    @Test
    void scopesStandAloneOrTogether() throws IOException {
        push("red/x", basic("red"));
        for (String scopes : List.of("repository:red/x:pull+repository:red/y:pull",
                "repository:red/x:pull%20repository:red/y:pull",
                "repository:red/x:pull&scope=repository:red/y:pull")) {
            String both = token(basic("red"), scopes);
            assertThat(status("GET", "/v2/red/x/manifests/v1", "Bearer " + both)).isEqualTo(200);
            assertThat(status("GET", "/v2/red/y/manifests/v1", "Bearer " + both)).isEqualTo(404);
        }
    }

    @Test
    void aTokenGivesNoMoreThanItsOwnerHas() throws IOException {
        push("red/x", basic("red"));
        String greedy = token(basic("blue"), "repository:red/x:pull,push,delete");
        assertThat(status("GET", "/v2/red/x/manifests/v1", "Bearer " + greedy)).isEqualTo(404);
        assertThat(status("DELETE", "/v2/red/x/manifests/v1", "Bearer " + greedy)).isEqualTo(403);
    }

    @Test
    void nobodyInParticularPullsWhatIsPublic() throws IOException {
        push("public/x", basic("red"));
        push("red/x", basic("red"));
        assertThat(status("GET", "/v2/public/x/manifests/v1", null)).isEqualTo(200);
        assertThat(status("DELETE", "/v2/public/x/manifests/v1", null)).isEqualTo(401);
        assertThat(status("GET", "/v2/red/x/manifests/v1", null)).isEqualTo(401);
        String anonymous = token(null, "repository:public/x:pull");
        assertThat(status("GET", "/v2/public/x/manifests/v1", "Bearer " + anonymous)).isEqualTo(
                200);
        String lists = token(null, "registry:catalog:*");
        assertThat(send("GET", "/v2/_catalog", "Bearer " + lists).body()).isEqualTo(
                "{\"repositories\":[\"public/x\"]}");
    }

    @Test
    void listsRepositoriesByRights() {
        for (String name : List.of("blue/a", "blue/b", "public/a", "red/a", "red/b")) {
            push(name, basic("ops"));
        }
        HttpResponse<String> page = send("GET", "/v2/_catalog?n=1", basic("red"));
        assertThat(page.body()).isEqualTo("{\"repositories\":[\"public/a\"]}");
        assertThat(page.headers().firstValue("Link")).hasValue(
                "</v2/_catalog?n=1&last=public%2Fa>; rel=\"next\"");
        HttpResponse<String> rest = send("GET", "/v2/_catalog?n=2&last=public%2Fa", basic("red"));
        assertThat(rest.body()).isEqualTo("{\"repositories\":[\"red/a\",\"red/b\"]}");
        assertThat(rest.headers().firstValue("Link")).isEmpty();
        assertThat(send("GET", "/v2/_catalog?n=2", basic("blue")).headers()
                .firstValue("Link")
                .orElseThrow()).contains("last=blue%2Fb");
    }

    @Test
    void formOfTheTokenEndpoint() throws IOException {
        String form = "grant_type=password&service=chandlery-registry&client_id=x&username=red"
                + "&password=red-secret&scope=" + URLEncoder.encode(
                        "repository:red/x:pull,push repository:blue/x:pull",
                        StandardCharsets.UTF_8);
        HttpResponse<String> answer = registry.call("POST", "/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(Bytes.ofUtf8(form))
                .send();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        JsonNode token = JSON.readTree(answer.body());
        assertThat(token.get("scope").asText()).isEqualTo("repository:red/x:pull,push");
        assertThat(token.get("expires_in").asInt()).isEqualTo(300);
        assertThat(status("GET", "/v2/red/x/tags/list", "Bearer " + token.get("access_token")
                .asText())).isEqualTo(404);
        assertThat(registry.call("POST", "/token")
                .body(Bytes.ofUtf8("grant_type=password"))
                .send()
                .statusCode()).isEqualTo(401);
        assertThat(registry.call("POST", "/token")
                .body(Bytes.ofUtf8("grant_type=magic"))
                .send()
                .statusCode()).isEqualTo(400);
    }

    @Test
    void givesNoTokenThatNoHeaderHolds() {
        StringBuilder form = new StringBuilder("grant_type=password&username=red"
                + "&password=red-secret&scope=");
        for (int i = 0; i < 64; i++) {
            form.append("repository:red/")
                    .append(("x" + i + "/").repeat(60))
                    .append("y:pull ");
        }
        HttpResponse<String> answer = registry.call("POST", "/token")
                .body(Bytes.ofUtf8(form.toString()))
                .send();
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("64 scopes", "fewer or shorter");
    }

    @Test
    void givesNoTokenForAPartOfTooManyScopes() {
        StringBuilder form = new StringBuilder("grant_type=password&username=red"
                + "&password=red-secret&scope=");
        for (int i = 0; i < 65; i++) {
            form.append("repository:red/").append(i).append(":pull ");
        }
        HttpResponse<String> answer = registry.call("POST", "/token")
                .body(Bytes.ofUtf8(form.toString()))
                .send();
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("at most 64 scopes, got 65");
    }

    @Test
    void longLivedTokensWorkAsPasswordsAndAlone() throws IOException {
        push("red/x", basic("red"));
        try (MetadataStore records = SqliteMetadata.open(storage)) {
            AccessTokens tokens = new AccessTokens(records.tokens(), Clock.systemUTC());
            AccessTokens.Issued ci = tokens.create("ci", List.of(TokenScope.parse(
                    "oci:repository:red/**:pull,push")), true, null).orElseThrow();
            AccessTokens.Issued old = tokens.create("old", List.of(TokenScope.parse(
                    "oci:repository:**:*")), false, Instant.EPOCH).orElseThrow();
            for (String credentials : List.of("Bearer " + ci.text(), basic("whoever", ci.text()),
                    "Bearer " + token(basic("x", ci.text()), "repository:red/x:pull,push"))) {
                assertThat(status("GET", "/v2/red/x/manifests/v1", credentials)).isEqualTo(200);
                assertThat(status("POST", "/v2/red/x/blobs/uploads/", credentials)).isEqualTo(403);
                assertThat(status("GET", "/v2/public/none/tags/list", credentials)).isEqualTo(404);
            }
            assertThat(status("GET", "/v2/", "Bearer " + old.text())).isEqualTo(401);
            assertThat(tokens.create("ci", List.of(), false, null)).isEmpty();
            String file = Files.readString(storage.resolve(SqliteMetadata.FILE_NAME),
                    StandardCharsets.ISO_8859_1);
            assertThat(file).doesNotContain(ci.text().substring(ci.text().lastIndexOf('_') + 1));
        }
    }

    @Test
    void slowsDownWhoGuesses() {
        for (int i = 0; i < 10; i++) {
            assertThat(status("GET", "/v2/", basic("red", "guess-" + i))).isEqualTo(401);
        }
        HttpResponse<String> answer = send("GET", "/v2/", basic("red", "guess"));
        while (answer.statusCode() == 401) { // one more is allowed every six seconds
            answer = send("GET", "/v2/", basic("red", "guess"));
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow()).isPositive();
        assertThat(status("GET", "/v2/public/x/tags/list", null)).isEqualTo(404);
    }

    @Test
    void aChangedPasswordEndsTheOldOne() throws Exception {
        assertThat(status("GET", "/v2/", basic("red"))).isEqualTo(200);
        Files.writeString(folder.resolve("htpasswd"), Accounts.line("red", "fresh-password"));
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (status("GET", "/v2/", basic("red")) != 401 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(status("GET", "/v2/", basic("red"))).isBetween(401, 429);
        assertThat(status("GET", "/v2/", basic("red", "fresh-password"))).isBetween(200, 429);
    }

    private void push(String repository, String credentials) {
        Bytes config = Bytes.ofUtf8("{}");
        HttpResponse<String> blob = registry.call("POST", "/v2/" + repository
                + "/blobs/uploads/?digest=" + config.digest())
                .header("Authorization", credentials)
                .body(config)
                .send();
        assertThat(blob.statusCode()).as(blob.body()).isEqualTo(201);
        HttpResponse<String> manifest = registry.call("PUT", "/v2/" + repository + "/manifests/v1")
                .header("Authorization", credentials)
                .header("Content-Type", Manifests.IMAGE)
                .body(Manifests.image(config.digest(), config.size(), ""))
                .send();
        assertThat(manifest.statusCode()).as(manifest.body()).isEqualTo(201);
    }

    private String token(@Nullable String credentials, String... scopes) throws IOException {
        StringBuilder target = new StringBuilder("/token?service=chandlery-registry");
        for (String scope : scopes) {
            target.append("&scope=").append(scope);
        }
        HttpResponse<String> answer = send("GET", target.toString(), credentials);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).get("token").asText();
    }

    private int status(String method, String target, @Nullable String credentials) {
        return send(method, target, credentials).statusCode();
    }

    private HttpResponse<String> send(String method, String target, @Nullable String credentials) {
        PlainClient.Call call = registry.call(method, target);
        return credentials == null ? call.send() : call.header("Authorization", credentials).send();
    }
}
