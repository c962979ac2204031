package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each MUST of distribution-spec v1.1.1, Conformance and Pull, that binds a registry. */
@ExtendWith(SpecRegistry.class)
final class SpecPullTest {
    private RunningRegistry registry;
    private SpecRepository repository;

    @BeforeEach
    void choose(SpecRepository unused) {
        repository = unused;
        registry = unused.registry();
    }

    @Nested
    @DisplayName("Requirements: a registry")
    final class Requirements {

        @ParameterizedTest(name = "MUST support all APIs of Pull: {0} {1}")
        @CsvSource({"GET, blobs/%s, 200", "HEAD, blobs/%s, 200", "GET, manifests/v1, 200",
                "HEAD, manifests/v1, 200"})
        void supportsAllOfPull(String method, String target, int status) {
            assertAnswers(method, target, status);
        }

        @ParameterizedTest(name = "MUST implement all APIs of a category it claims: {0} {1}")
        @CsvSource({"POST, blobs/uploads/, 202", "PUT, manifests/v2, 201",
                "POST, blobs/uploads/?mount=%s, 201", "GET, tags/list, 200",
                "GET, tags/list?n=1&last=a, 200", "GET, referrers/%s, 200",
                "GET, referrers/%s?artifactType=application/x, 200", "DELETE, manifests/v1, 202",
                "DELETE, blobs/%s, 202"})
        void implementsAllOfWhatItClaims(String method, String target, int status) {
            assertAnswers(method, target, status);
        }

        private void assertAnswers(String method, String target, int status) {
            Digest blob = repository.pushBlob();
            Bytes image = repository.pushImage("v1");
            PlainClient.Call call = repository.call(method, target.formatted(blob));
            HttpResponse<String> answer = method.equals("PUT")
                    ? call.header("Content-Type", Manifests.IMAGE).body(image).send()
                    : call.send();
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        }
    }

    @Nested
    @DisplayName("Pulling manifests:")
    final class PullingManifests {

        @ParameterizedTest(name = "<reference> MUST NOT be in another format: {0}")
        @ValueSource(strings = {"-v1", ".v1", "v1+x", "v1@x", "sha256:abc", "md5:00", "v1:x"})
        void referenceMustBeATagOrADigest(String reference) {
            repository.pushImage("v1");
            assertThat(repository.get("manifests/" + reference).statusCode()).isIn(400, 404);
            assertThat(repository.put(reference, Manifests.IMAGE, repository.image(""))
                    .statusCode()).isEqualTo(400);
        }

        @ParameterizedTest(name = "<name> MUST match the expression: {0}")
        @CsvSource({"a, true", "0, true", "a.b_c__d-e---f, true", "a/b/c0, true", "A, false",
                "a/B, false", "-a, false", "a-, false", "a..b, false", "a___b, false",
                "a._b, false", "a/, false", "a//b, false", "a@b, false", "_a, false"})
        void nameMustMatchTheExpression(String name, boolean matches) {
            assertThat(registry.call("POST", "/v2/" + name + "/blobs/uploads/")
                    .send()
                    .statusCode()).isEqualTo(matches ? 202 : 400);
        }

        @Test
        @DisplayName("<reference> as a tag MUST be at most 128 characters in length")
        void tagMustBeAtMost128Characters() {
            Bytes image = repository.pushImage("t".repeat(128));
            assertThat(repository.get("manifests/" + "t".repeat(128)).body()).isEqualTo(image
                    .utf8());
            assertThat(repository.put("t".repeat(129), Manifests.IMAGE, image).statusCode())
                    .isEqualTo(400);
            assertThat(repository.get("manifests/" + "t".repeat(129)).statusCode()).isEqualTo(404);
        }

        @ParameterizedTest(name = "<reference> as a tag MUST match the expression: {0}")
        @CsvSource({"_, true", "_a.b-C9, true", "0, true", "Z__.., true", ".a, false",
                "-a, false", "a+b, false", "a~b, false"})
        void tagMustMatchTheExpression(String tag, boolean matches) {
            assertThat(repository.put(tag, Manifests.IMAGE, repository.image("")).statusCode())
                    .isEqualTo(matches ? 201 : 400);
        }

        @Test
        @DisplayName("GET of an existing manifest MUST provide the expected manifest")
        void providesTheExpectedManifest() {
            Bytes image = repository.pushImage("v1");
            repository.push(Manifests.IMAGE, repository.image("\n"));
            assertThat(repository.get("manifests/v1").body()).isEqualTo(image.utf8());
            assertThat(repository.get("manifests/" + image.digest()).body()).isEqualTo(image
                    .utf8());
        }

        @Test
        @DisplayName("the response code MUST be 200 OK")
        void answers200() {
            Bytes image = repository.pushImage("v1");
            assertThat(repository.get("manifests/v1").statusCode()).isEqualTo(200);
            assertThat(repository.get("manifests/" + image.digest()).statusCode()).isEqualTo(200);
        }

        @Test
        @DisplayName("if the manifest is not found, the response code MUST be 404 Not Found")
        void answers404() {
            repository.pushImage("v1");
            assertThat(repository.get("manifests/v2").statusCode()).isEqualTo(404);
            assertThat(repository.get("manifests/" + SpecRepository.ABSENT).statusCode())
                    .isEqualTo(404);
        }
    }

    @Nested
    @DisplayName("Pulling blobs:")
    final class PullingBlobs {

        @Test
        @DisplayName("GET of an existing blob MUST provide the expected blob")
        void providesTheExpectedBlob() {
            Digest digest = repository.pushBlob();
            repository.image("");
            assertThat(repository.get("blobs/" + digest).body()).isEqualTo(SpecRepository.BLOB
                    .utf8());
        }

        @Test
        @DisplayName("the response code MUST be 200 OK")
        void answers200() {
            assertThat(repository.get("blobs/" + repository.pushBlob()).statusCode()).isEqualTo(
                    200);
        }

        @Test
        @DisplayName("Docker-Content-Digest MUST be a digest matching the body")
        void namesTheDigestOfTheBody() {
            HttpResponse<String> answer = repository.get("blobs/" + repository.pushBlob());
            assertThat(answer.headers().firstValue("Docker-Content-Digest")).contains(Bytes.ofUtf8(
                    answer.body()).digest().toString());
        }

        @Test
        @DisplayName("if the blob is not found, the response code MUST be 404 Not Found")
        void answers404() {
            repository.pushBlob();
            assertThat(repository.get("blobs/" + SpecRepository.ABSENT).statusCode()).isEqualTo(
                    404);
        }
    }

    @Nested
    @DisplayName("Checking if content exists in the registry:")
    final class CheckingIfContentExists {

        @Test
        @DisplayName("HEAD of an existing blob or manifest MUST return 200 OK")
        void answers200() {
            Digest blob = repository.pushBlob();
            Bytes image = repository.pushImage("v1");
            for (String target : new String[]{"blobs/" + blob, "manifests/v1", "manifests/" + image
                    .digest()}) {
                assertThat(repository.send("HEAD", target).statusCode()).as(target).isEqualTo(200);
            }
        }

        @Test
        @DisplayName("if the blob or manifest is not found, the code MUST be 404 Not Found")
        void answers404() {
            repository.pushImage("v1");
            for (String target : new String[]{"blobs/" + SpecRepository.ABSENT, "manifests/v2",
                    "manifests/" + SpecRepository.ABSENT}) {
                assertThat(repository.send("HEAD", target).statusCode()).as(target).isEqualTo(404);
            }
        }
    }
}
