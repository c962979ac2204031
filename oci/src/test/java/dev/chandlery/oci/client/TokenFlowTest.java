package dev.chandlery.oci.client;

import static dev.chandlery.oci.client.ScriptedRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.UnauthorizedException;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.client.auth.Credentials;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.oci.content.Content;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How tokens are got, kept and renewed. */
class TokenFlowTest {
    private static final String SECRET = "s3cret";
    private static final int CLIENTS = 16;
    private static final Bytes BYTES = Bytes.ofUtf8("some content");
    private static final Descriptor BLOB = Descriptor.of(MediaType.OCTET_STREAM, BYTES);

    private final AtomicInteger tokens = new AtomicInteger();
    private final List<RecordedRequest> asked = Collections.synchronizedList(new ArrayList<>());

    @Test
    void oneTokenServesManyRequests() {
        try (ScriptedRegistry registry = registry(_ -> token("\"token\":\"t1\""), "t1"::equals)) {
            RemoteRepository client = registry.client(password(), ClientOptions.DEFAULT);
            client.exists(BLOB);
            client.exists(BLOB);
            client.exists(BLOB);
        }
        assertThat(asked).singleElement().satisfies(request -> {
            assertThat(request.getTarget()).startsWith("/token?service=the+service")
                    .contains("scope=repository%3Atest%2Fa%3Apull");
            assertThat(request.getHeaders().get("Authorization")).startsWith("Basic ");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"access_token\":\"t1\"", "\"token\":\"\",\"access_token\":\"t1\"",
            "\"token\":\"t1\",\"expires_in\":-5", "\"token\":\"t1\",\"expires_in\":1e999",
            "\"token\":\"t1\",\"expires_in\":\"soon\"",
            "\"token\":\"t1\",\"expires_in\":999999999999999999999999"})
    void tokensAsServersGiveThem(String answer) {
        try (ScriptedRegistry registry = registry(_ -> token(answer), "t1"::equals)) {
            assertThat(registry.client(password(), ClientOptions.DEFAULT).exists(BLOB)).isTrue();
        }
    }

    @Test
    void aTokenThatIsRefusedIsRenewedOnce() {
        try (ScriptedRegistry registry = registry(_ -> token("\"token\":\"t" + tokens
                .incrementAndGet() + "\""), token -> token.equals("t" + tokens.get()))) {
            RemoteRepository client = registry.client(password(), ClientOptions.DEFAULT);
            client.exists(BLOB);
            tokens.set(7);
            assertThat(client.exists(BLOB)).isTrue();
        }
        assertThat(asked).hasSize(2);
    }

    /** All find their token dead at once, and one of them fetches another. */
    @Test
    void manyThatAreRefusedShareOneNewToken() throws Exception {
        CountDownLatch refused = new CountDownLatch(CLIENTS);
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> {
            if (request.getTarget().startsWith("/token")) {
                awaitAll(refused);
                return token("\"token\":\"t" + tokens.incrementAndGet() + "\"");
            }
            if ("Bearer t1".equals(request.getHeaders().get("Authorization"))) {
                return answer(200);
            }
            refused.countDown();
            return challenge(request);
        })) {
            RemoteRepository client = registry.client(password(), ClientOptions.DEFAULT);
            assertThat(TaskScope.mapAll("client", Collections.nCopies(CLIENTS, BLOB),
                    client::exists)).hasSize(CLIENTS).doesNotContain(false);
        }
        assertThat(tokens).hasValue(1);
    }

    private static void awaitAll(CountDownLatch latch) {
        try {
            assertThat(latch.await(2, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reading is asked for with the token that may write, and not the other way about. */
    @Test
    void aTokenThatAllowsMoreIsUsedForLess() {
        try (ScriptedRegistry registry = registry(_ -> token("\"token\":\"t1\""), "t1"::equals,
                request -> request.getMethod().equals("POST") ? answer(201) : answer(200))) {
            RemoteRepository client = registry.client(password(), ClientOptions.DEFAULT);
            client.push(BLOB, Content.of(BYTES));
            client.exists(BLOB);
        }
        assertThat(asked).hasSize(1);
    }

    @Test
    void anIdentityTokenGoesByBasicWhereThereIsNoPost() {
        try (ScriptedRegistry registry = registry(request -> request.getMethod().equals("POST")
                ? answer(404)
                : token("\"token\":\"t1\""), "t1"::equals)) {
            CredentialProvider identity = _ -> new Credentials.IdentityToken(SECRET);
            assertThat(registry.client(identity, ClientOptions.DEFAULT).exists(BLOB)).isTrue();
        }
        assertThat(asked).extracting(RecordedRequest::getMethod).containsExactly("POST", "GET");
    }

    /** As Docker Hub does with repositories that are not there yet. */
    @Test
    void whatMayBeCreatedIsAbsentAndNotForbidden() {
        try (ScriptedRegistry registry = registry(request -> token("\"token\":\"" + (request
                .getTarget()
                .contains("push") ? "writer" : "reader") + "\""), "writer"::equals,
                _ -> answer(404))) {
            RemoteRepository client = registry.client(password(), ClientOptions.DEFAULT);
            assertThat(client.find(new Tag("v1"))).isEmpty();
            assertThat(client.exists(BLOB)).isFalse();
            assertThat(client.tags()).isEmpty();
        }
    }

    /** The token dies between two ranges of a blob whose connection breaks. */
    @Test
    void aFetchOutlivesItsToken() throws Exception {
        Bytes large = Bytes.of(new byte[100_000]);
        Descriptor blob = Descriptor.of(MediaType.OCTET_STREAM, large);
        try (ScriptedRegistry registry = registry(_ -> token("\"token\":\"t" + tokens
                .incrementAndGet() + "\""), token -> token.equals("t" + tokens.get()),
                request -> {
                    @Nullable
                    String range = request.getHeaders().get("Range");
                    if (range == null) {
                        tokens.incrementAndGet();
                        return answer(200).body(new Buffer().write(new byte[large.size()]))
                                .onResponseBody(new SocketEffect.CloseSocket());
                    }
                    int start = Integer.parseInt(range.replaceAll("\\D", ""));
                    return answer(206).body(new Buffer().write(new byte[large.size() - start]))
                            .setHeader("Content-Range", "bytes " + start + "-99999/100000");
                })) {
            try (InputStream in = registry.client(password(), ClientOptions.DEFAULT).fetch(blob)) {
                assertThat(in.readAllBytes()).hasSize(large.size());
            }
        }
        assertThat(asked).hasSize(2);
    }

    /** The token dies while the blob is sent. */
    @Test
    void aPushOutlivesItsToken() {
        AtomicInteger puts = new AtomicInteger();
        try (ScriptedRegistry registry = registry(_ -> token("\"token\":\"t" + tokens
                .incrementAndGet() + "\""), token -> token.equals("t" + tokens.get()), request -> {
                    if (request.getMethod().equals("PUT") && puts.incrementAndGet() == 1) {
                        tokens.incrementAndGet();
                        return challenge(request);
                    }
                    return switch (request.getMethod()) {
                        case "POST" -> answer(202).setHeader("Location", "/v2/up/1");
                        case "PUT" -> answer(201);
                        default -> answer(404);
                    };
                })) {
            registry.client(password(), ClientOptions.DEFAULT).push(BLOB, Content.of(BYTES));
        }
        assertThat(puts).hasValue(2);
    }

    @Test
    void anIdentityTokenIsExchangedByPost() {
        try (ScriptedRegistry registry = registry(_ -> token("\"access_token\":\"t1\""),
                "t1"::equals)) {
            CredentialProvider identity = _ -> new Credentials.IdentityToken(SECRET);
            assertThat(registry.client(identity, ClientOptions.DEFAULT).exists(BLOB)).isTrue();
        }
        assertThat(asked).singleElement().satisfies(request -> {
            assertThat(request.getMethod()).isEqualTo("POST");
            assertThat(request.getTarget()).doesNotContain(SECRET);
            assertThat(Objects.requireNonNull(request.getBody()).utf8()).startsWith(
                    "grant_type=refresh_token&refresh_token=" + SECRET + "&");
        });
    }

    @Test
    void passwordsGoByPostWhereBasicFails() {
        try (ScriptedRegistry registry = registry(request -> request.getMethod().equals("GET")
                ? answer(401)
                : token("\"access_token\":\"t1\""), "t1"::equals)) {
            assertThat(registry.client(password(), ClientOptions.DEFAULT).exists(BLOB)).isTrue();
        }
        assertThat(asked).hasSize(2);
    }

    /** Neither the form with the secret nor the password goes where the token server redirects. */
    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void secretsDoNotFollowRedirectsOfTheTokenServer(int status) {
        try (ScriptedRegistry other = new ScriptedRegistry(_ -> token("\"token\":\"stolen\""));
                ScriptedRegistry registry = new ScriptedRegistry(request -> request.getTarget()
                        .startsWith("/token")
                                ? answer(status).setHeader("Location", other.uri("/t").toString())
                                : challenge(request), other.origin())) {
            for (Credentials credentials : List.of(new Credentials.Password("user", SECRET),
                    new Credentials.IdentityToken(SECRET))) {
                assertThatThrownBy(() -> registry.client(_ -> credentials, ClientOptions.DEFAULT)
                        .fetch(BLOB)).isInstanceOf(UnauthorizedException.class)
                        .hasMessageNotContaining(SECRET);
            }
            assertThat(other.requests()).allSatisfy(request -> {
                assertThat(request.getMethod()).isEqualTo("GET");
                assertThat(request.getHeaders().get("Authorization")).isNull();
            });
        }
    }

    /** Only the registry itself may ask for credentials, not where it redirects to. */
    @Test
    void challengesOfOthersAreNotAnswered() {
        try (ScriptedRegistry storage = new ScriptedRegistry(_ -> answer(401)
                .setHeader("WWW-Authenticate", "Basic realm=\"r\""));
                ScriptedRegistry registry = new ScriptedRegistry(_ -> answer(307)
                        .setHeader("Location", storage.uri("/b").toString()), storage.origin())) {
            assertThatThrownBy(() -> registry.client(password(), ClientOptions.DEFAULT)
                    .fetch(BLOB)).isInstanceOf(UnauthorizedException.class);
            assertThat(storage.requests()).allSatisfy(request -> assertThat(request.getHeaders()
                    .get("Authorization")).isNull());
        }
    }

    private static CredentialProvider password() {
        return _ -> new Credentials.Password("user", SECRET);
    }

    private static MockResponse.Builder token(String fields) {
        return answer(200, "{" + fields + "}");
    }

    private ScriptedRegistry registry(Function<RecordedRequest, MockResponse.Builder> tokenServer,
            Function<String, Boolean> accepts) {
        return registry(tokenServer, accepts, _ -> answer(200));
    }

    private ScriptedRegistry registry(Function<RecordedRequest, MockResponse.Builder> tokenServer,
            Function<String, Boolean> accepts,
            Function<RecordedRequest, MockResponse.Builder> content) {
        return new ScriptedRegistry(request -> {
            if (request.getTarget().startsWith("/token")) {
                asked.add(request);
                return tokenServer.apply(request);
            }
            @Nullable
            String sent = request.getHeaders().get("Authorization");
            boolean let = sent != null && sent.startsWith("Bearer ")
                    && accepts.apply(sent.substring("Bearer ".length()));
            return let ? content.apply(request) : challenge(request);
        });
    }

    private static MockResponse.Builder challenge(RecordedRequest request) {
        return answer(401).setHeader("WWW-Authenticate", "Bearer realm=\"" + request.getUrl()
                .resolve("/token") + "\",service=\"the service\"");
    }
}
