package dev.chandlery.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.UnauthorizedException;
import dev.chandlery.oci.client.auth.Credentials;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.oci.http.TransportOptions.RetryPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** The one call to AWS, at a service on loopback. */
class EcrCredentialsTest {
    private static final Registry REGISTRY = Registry.parse(
            "123456789012.dkr.ecr.eu-west-1.amazonaws.com");
    private static final String SECRET = "s3cretKey";

    @AutoClose
    private final HttpTransport transport = new HttpTransport(TransportOptions.DEFAULT.withRetry(
            RetryPolicy.NONE));
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private int status = 200;
    private String answer = "";
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestHeaders()
                    .forEach((name, values) -> seen.add(name.toLowerCase(java.util.Locale.ROOT)
                            + ": " + values.getFirst()));
            seen.add(exchange.getRequestMethod() + " " + new String(exchange.getRequestBody()
                    .readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Test
    void tokenIsAskedForByASignedCall() {
        answer = token("t0ken");

        assertThat(credentials().credentials(REGISTRY)).isEqualTo(new Credentials.Password("AWS",
                "t0ken"));
        assertThat(seen).contains("POST {}", "content-type: application/x-amz-json-1.1",
                "x-amz-target: AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken")
                .anyMatch(line -> line.matches(
                        "authorization: AWS4-HMAC-SHA256 Credential=AKID/\\d{8}/eu-west-1/ecr/"
                                + "aws4_request, SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, "
                                + "Signature=[0-9a-f]{64}"))
                .noneMatch(line -> line.contains(SECRET));
    }

    @Test
    void tokensWearOut() {
        answer = token("first");
        EcrCredentials ecr = credentials();
        Credentials first = ecr.credentials(REGISTRY);
        answer = token("second");

        assertThat(ecr.renewed(REGISTRY, first)).isEmpty();
        now = now.plus(Duration.ofHours(12));
        assertThat(ecr.renewed(REGISTRY, first)).contains(new Credentials.Password("AWS",
                "second"));
    }

    @Test
    void refusalOfAwsIsTold() {
        status = 400;
        answer = "{\"__type\":\"UnrecognizedClientException\",\"message\":\"token invalid\"}";
        assertThatThrownBy(() -> credentials().credentials(REGISTRY)).isInstanceOf(
                UnauthorizedException.class)
                .hasMessageContaining("400 UnrecognizedClientException")
                .hasMessageNotContaining(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "<html>", "{\"authorizationData\":[]}",
            "{\"authorizationData\":[{\"authorizationToken\":\"%%%\"}]}",
            "{\"authorizationData\":[{\"authorizationToken\":\"bm9jb2xvbg==\"}]}"})
    void nonsensicalTokenIsTold(String body) {
        answer = body;
        assertThatThrownBy(() -> credentials().credentials(REGISTRY)).isInstanceOf(
                UnauthorizedException.class).hasMessageContaining("no usable token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry.example", "public.ecr.aws",
            "123456789012.dkr.ecr.eu-west-1.amazonaws.com.example",
            "1.dkr.ecr.eu-west-1.amazonaws.com"})
    void otherHostsAreNotAskedFor(String host) {
        assertThatThrownBy(() -> credentials().credentials(Registry.parse(host))).isInstanceOf(
                UnauthorizedException.class).hasMessageContaining("dkr.ecr");
        assertThat(seen).isEmpty();
    }

    @Test
    void withoutAnIdentityNothingIsSent() {
        EcrCredentials ecr = new EcrCredentials(transport, () -> {
            throw SdkClientException.create("none");
        }, _ -> address(), () -> now);
        assertThatThrownBy(() -> ecr.credentials(REGISTRY)).isInstanceOf(
                UnauthorizedException.class).hasMessageContaining("AWS_PROFILE");
        assertThat(seen).isEmpty();
    }

    private EcrCredentials credentials() {
        return new EcrCredentials(transport, () -> AwsCredentialsIdentity.create("AKID", SECRET),
                _ -> address(), () -> now);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private static String token(String value) {
        return "{\"authorizationData\":[{\"authorizationToken\":\"" + Base64.getEncoder()
                .encodeToString(("AWS:" + value).getBytes(StandardCharsets.UTF_8)) + "\"}]}";
    }
}
