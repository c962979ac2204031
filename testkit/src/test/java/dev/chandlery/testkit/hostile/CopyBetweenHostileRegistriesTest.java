package dev.chandlery.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.RemoteRegistry;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.client.auth.FixedCredentials;
import dev.chandlery.oci.copy.Copier;
import dev.chandlery.oci.copy.CopyOptions;
import dev.chandlery.oci.copy.CopyOutcome;
import dev.chandlery.oci.copy.CopyOutcome.Copied;
import dev.chandlery.oci.copy.CopyOutcome.NotCopied;
import dev.chandlery.oci.copy.CopyRequest;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.Origin;
import dev.chandlery.testkit.Samples;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Copies whose source or target lies, forgets, slows down or wants what is not its own. */
final class CopyBetweenHostileRegistriesTest extends HostileFixture {
    private static final Tag LATEST = new Tag("latest");
    private static final Bytes LAYER = Bytes.ofUtf8("a layer");

    @AutoClose
    private final HostileRegistry target = HostileRegistry.start();

    private ManifestDocument image() {
        registry.plain().put(Bytes.ofUtf8("{}"));
        ManifestDocument image = Samples.image(Descriptor.EMPTY, registry.plain().put(LAYER));
        registry.plain().put(image);
        return image;
    }

    private RemoteRepository repository(HostileRegistry of, HttpTransport by,
            CredentialProvider credentials) {
        return new RemoteRegistry(of.registry(), by, credentials, options()).repository(
                new RepositoryName("test/a"));
    }

    private CopyOutcome copy() {
        return copy(repository(registry, transport, CredentialProvider.anonymous()), repository(
                target, transport, CredentialProvider.anonymous()));
    }

    private static CopyOutcome copy(RemoteRepository from, RemoteRepository to) {
        return new Copier(CopyOptions.DEFAULT, _ -> {}).copyAll(List.of(CopyRequest.of(from, LATEST,
                to))).getFirst();
    }

    private void assertNothingTagged() {
        assertThat(target.requests("PUT", MANIFEST)).isEmpty();
    }

    @Test
    void targetThatCollectsFreshBlobsIsSentThemOnceMore() {
        image();
        target.times(1, "PUT", MANIFEST, _ -> Answer.error(400, "MANIFEST_BLOB_UNKNOWN"));
        assertThat(copy()).isInstanceOf(Copied.class);
        assertThat(target.requests("PUT", MANIFEST)).hasSize(2);
        assertThat(target.requests("PUT", SESSION)).hasSize(4);
    }

    @Test
    void targetThatNeverFindsWhatItWasSent() {
        image();
        target.always("PUT", MANIFEST, _ -> Answer.error(400, "MANIFEST_BLOB_UNKNOWN"));
        assertThat(copy()).isInstanceOf(NotCopied.class);
        assertThat(target.requests("PUT", MANIFEST)).hasSize(2);
        assertThat(target.requests().size()).isLessThan(20);
    }

    @Test
    void targetThatClaimsToHaveWhatItLacks() {
        ManifestDocument image = image();
        target.always("POST", UPLOADS, request -> request.target().toString().contains("mount=")
                ? Answer.of(201)
                : target.plain().answer(request));
        target.always("PUT", MANIFEST, request -> target.plain().has(LAYER.digest())
                ? target.plain().answer(request)
                : Answer.error(400, "MANIFEST_BLOB_UNKNOWN"));
        assertThat(copy()).isInstanceOf(Copied.class);
        assertThat(target.plain().has(image.raw().digest())).isTrue();
        assertThat(target.plain().has(LAYER.digest())).isTrue();
    }

    @Test
    void contentThatIsDeletedAtTheSourceMeanwhile() {
        image();
        registry.always("GET", "/v2/test/a/blobs/" + LAYER.digest(), _ -> Answer.error(404,
                "BLOB_UNKNOWN"));
        assertThat(copy()).isInstanceOfSatisfying(NotCopied.class, e -> assertThat(e.failure())
                .isInstanceOf(ContentNotFoundException.class)
                .hasMessageContaining(LAYER.digest().toString()));
        assertNothingTagged();
    }

    @Test
    void sourceThatGivesOtherBytes() {
        image();
        registry.always("GET", "/v2/test/a/blobs/" + LAYER.digest(), _ -> Answer.of(200,
                "A LAYER"));
        assertThat(copy()).isInstanceOfSatisfying(NotCopied.class, e -> assertThat(e.failure())
                .isInstanceOf(ContentMismatchException.class));
        assertNothingTagged();
        assertThat(target.plain().has(LAYER.digest())).isFalse();
    }

    @Test
    void sourceThatBreaksOffAndGoesOn() {
        image();
        registry.times(2, "GET", BLOB, request -> registry.plain()
                .answer(request)
                .delivered(
                        new Answer.Delivery.Reset(1)));
        assertThat(copy()).isInstanceOf(Copied.class);
    }

    @Test
    void sourceWhoseTagMovesMeanwhile() {
        ManifestDocument before = image();
        ManifestDocument after = Samples.image(Descriptor.EMPTY, registry.plain()
                .put(Bytes.ofUtf8(
                        "another layer")));
        registry.times(1, "GET", "/v2/test/a/manifests/latest", request -> {
            Answer answer = registry.plain().answer(request);
            registry.plain().put(after);
            return answer;
        });
        assertThat(copy()).isInstanceOfSatisfying(Copied.class, copied -> assertThat(copied.root()
                .digest()).isEqualTo(before.raw().digest()));
        assertThat(target.plain().has(after.raw().digest())).isFalse();
    }

    @Test
    void tagThatAnotherClientMovesAtTheTarget() {
        image();
        ManifestDocument other = Samples.image(Descriptor.EMPTY);
        target.always("HEAD", "/v2/test/a/manifests/latest", request -> {
            target.plain().put(other);
            return target.plain().answer(request);
        });
        assertThat(copy()).isInstanceOfSatisfying(NotCopied.class, e -> assertThat(e.failure())
                .hasMessageContaining("another client"));
    }

    @Test
    void targetThatAsksForPatience() {
        image();
        target.times(3, "POST", UPLOADS, _ -> Answer.error(429, "TOOMANYREQUESTS")
                .with("Retry-After",
                        "1"));
        assertThat(copy()).isInstanceOf(Copied.class);
    }

    @Test
    void credentialsAreSeenByNobodyElse() {
        image();
        try (HostileRegistry elsewhere = HostileRegistry.start();
                HttpTransport permissive = new HttpTransport(OPTIONS.withAllowedOrigins(Set.of(
                        new Origin("http", elsewhere.registry().host(), elsewhere.registry()
                                .port()))))) {
            elsewhere.plain().put(LAYER);
            elsewhere.plain().put(Bytes.ofUtf8("{}"));
            wantsLogin(registry, "GET|HEAD");
            registry.always("GET", BLOB, request -> Answer.of(307)
                    .with("Location", elsewhere.uri(
                            request.target().getPath())));
            wantsLogin(target, "POST|PUT|GET|HEAD");
            CopyOutcome outcome = copy(repository(registry, permissive, canary(registry, "source")),
                    repository(target, permissive, canary(target, "target")));
            assertThat(outcome).isInstanceOf(Copied.class);
            assertThat(secrets(registry)).containsOnly(basic("source"));
            assertThat(secrets(target)).containsOnly(basic("target"));
            assertThat(elsewhere.requests()).isNotEmpty();
            assertThat(secrets(elsewhere)).isEmpty();
        }
    }

    /** 401 to whoever comes without credentials. */
    private static void wantsLogin(HostileRegistry registry, String methods) {
        Stream.of(methods.split("\\|"))
                .forEach(method -> registry.unlessAuthorized(method, _ -> Answer.error(401,
                        "UNAUTHORIZED").with("WWW-Authenticate", "Basic realm=\"test\"")));
    }

    private static CredentialProvider canary(HostileRegistry of, String side) {
        return FixedCredentials.of(of.registry(), "canary", side);
    }

    private static String basic(String side) {
        return "Basic " + Base64.getEncoder()
                .encodeToString(("canary:" + side)
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> secrets(HostileRegistry registry) {
        return registry.requests()
                .stream()
                .flatMap(request -> request.header("Authorization")
                        .stream())
                .distinct()
                .toList();
    }
}
