package dev.chandlery.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.ResponseException;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.UnauthorizedException;
import dev.chandlery.oci.client.RemoteRegistry;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.client.auth.FixedCredentials;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.Origin;
import dev.chandlery.testkit.Samples;
import dev.chandlery.testkit.hostile.Answer.Delivery;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials stay with their registry, and asking ends. */
class AccessToHostileRegistryTest extends HostileFixture {
    private static final Bytes BYTES = Samples.bytes(1, 1_000);
    private static final String SECRET = "p4ssw0rd";

    @AutoClose
    private final HostileRegistry other = HostileRegistry.start();
    private final Descriptor blob = registry.plain().put(BYTES);

    @Test
    void unauthorisedForEverByBearer() {
        registry.always("GET", "/token", _ -> Answer.of(200, "{\"token\":\"t\"}"));
        challenge("Bearer realm=\"" + registry.uri("/token") + "\",service=\"s\"");
        fails(UnauthorizedException.class);
        assertThat(registry.requests()).hasSizeLessThan(8);
    }

    @Test
    void unauthorisedForEverByBasic() {
        challenge("Basic realm=\"r\"");
        fails(UnauthorizedException.class);
        assertThat(registry.requests()).hasSizeLessThan(8);
    }

    @Test
    void tokensThatAreFetchedElsewhere() {
        challenge("Bearer realm=\"" + other.uri("/token") + "\",service=\"s\"");
        fails(OciException.class);
        assertThat(other.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer realm=\"\"", "Bearer realm=\"file:///etc/passwd\"",
            "Bearer realm=\"http://[\"", "Digest realm=\"x\"", "\"", ", , ,"})
    void nonsensicalChallenge(String challenge) {
        challenge(challenge);
        fails(OciException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{}", "{\"token\":7}", "[]",
            "{\"token\":\"a\\r\\nX: y\"}"})
    void nonsensicalToken(String body) {
        registry.always("GET", "/token", _ -> Answer.of(200, body));
        challenge("Bearer realm=\"" + registry.uri("/token") + "\",service=\"s\"");
        fails(OciException.class);
    }

    @Test
    void tokenWithoutEnd() {
        registry.always("GET", "/token", _ -> Answer.of(200, "x".repeat(10_000))
                .withoutLength()
                .delivered(new Delivery.Endless()));
        challenge("Bearer realm=\"" + registry.uri("/token") + "\",service=\"s\"");
        fails(OciException.class);
    }

    @Test
    void redirectToAPrivateAddressIsNotFollowed() {
        registry.always("GET", BLOB, _ -> Answer.of(307).with("Location", other.uri("/blob")));
        fails(TransferException.class);
        assertThat(other.requests()).isEmpty();
    }

    @Test
    void credentialsDoNotGoWhereARedirectLeads() {
        other.always("GET", "/blob", _ -> Answer.of(200, BYTES));
        registry.always("GET", BLOB, request -> request.header("Authorization").isEmpty()
                ? unauthorised("Basic realm=\"r\"")
                : Answer.of(307).with("Location", other.uri("/blob")));
        try (HttpTransport allowing = new HttpTransport(OPTIONS.withAllowedOrigins(Set.of(
                new Origin("http", "127.0.0.1", other.registry().port()))))) {
            assertThat(Samples.fetch(withPassword(allowing), blob)).isEqualTo(BYTES);
        }
        assertThat(other.requests("GET", "/blob")).singleElement()
                .satisfies(request -> assertThat(request.headers()).doesNotContainKey(
                        "Authorization"));
    }

    @Test
    void redirectsInACircle() {
        registry.always("GET", BLOB, request -> Answer.of(307)
                .with("Location", request.target()
                        .toString()));
        fails(TransferException.class);
        assertThat(registry.requests("GET", BLOB)).hasSizeLessThan(40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://example.com/",
            "http://user:pw@127.0.0.1/x",
            "http://[", "//0.0.0.0:1/", "http://2130706433:1/", "http://[::ffff:127.0.0.1]:1/"})
    void redirectToWhatIsNoAddressOfOurs(String location) {
        registry.always("GET", BLOB, _ -> Answer.of(302).with("Location", location));
        fails(OciException.class);
    }

    @Test
    void waitsAsLongAsItIsToldTo() {
        registry.times(1, "GET", BLOB, _ -> Answer.error(429, "TOOMANYREQUESTS")
                .with("Retry-After",
                        "1"));
        long start = System.nanoTime();
        assertThat(Samples.fetch(client(), blob)).isEqualTo(BYTES);
        assertThat(System.nanoTime() - start).isGreaterThan(900_000_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"86400", "999999999999999999999", "Tue, 31 Dec 2199 23:59:59 GMT"})
    void doesNotWaitForEver(String retryAfter) {
        registry.always("GET", BLOB, _ -> Answer.error(503, "UNAVAILABLE")
                .with("Retry-After",
                        retryAfter));
        fails(ResponseException.class);
        assertThat(registry.requests("GET", BLOB)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "soon"})
    void nonsensicalRetryAfterIsPassedOver(String retryAfter) {
        registry.times(1, "GET", BLOB, _ -> Answer.error(503, "UNAVAILABLE")
                .with("Retry-After",
                        retryAfter));
        assertThat(Samples.fetch(client(), blob)).isEqualTo(BYTES);
    }

    @Test
    void unavailableForEver() {
        registry.always("GET", BLOB, _ -> Answer.error(503, "UNAVAILABLE"));
        fails(ResponseException.class);
        assertThat(registry.requests("GET", BLOB)).hasSize(3);
    }

    private void challenge(String challenge) {
        registry.always("GET", BLOB, _ -> unauthorised(challenge));
    }

    private static Answer unauthorised(String challenge) {
        return Answer.error(401, "UNAUTHORIZED").with("WWW-Authenticate", challenge);
    }

    private RemoteRepository withPassword(HttpTransport over) {
        return new RemoteRegistry(registry.registry(), over, FixedCredentials.of(registry
                .registry(), "user", SECRET), options()).repository(client().name());
    }

    private void fails(Class<? extends OciException> expected) {
        assertThatThrownBy(() -> Samples.fetch(withPassword(transport), blob)).isInstanceOf(
                expected).hasMessageStartingWith("cannot ").hasMessageNotContaining(SECRET);
    }
}
