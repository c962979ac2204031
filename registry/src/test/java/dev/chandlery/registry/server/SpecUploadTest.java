package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each MUST of distribution-spec v1.1.1, Pushing blobs, that binds a registry. */
@ExtendWith(SpecRegistry.class)
final class SpecUploadTest {
    private static final Bytes BLOB = SpecRepository.BLOB;
    private static final Digest DIGEST = BLOB.digest();

    private RunningRegistry registry;
    private SpecRepository repository;

    @BeforeEach
    void choose(SpecRepository unused) {
        repository = unused;
        registry = unused.registry();
    }

    @Nested
    @DisplayName("POST then PUT:")
    final class PostThenPut {

        @Test
        @DisplayName("POST MUST have a code of 202 Accepted")
        void answers202() {
            assertThat(repository.send("POST", "blobs/uploads/").statusCode()).isEqualTo(202);
        }

        @Test
        @DisplayName("the response MUST include Location")
        void tellsWhereToGoOn() {
            HttpResponse<String> begun = repository.send("POST", "blobs/uploads/");
            assertThat(begun.headers().firstValue("Location")).isPresent();
        }

        @Test
        @DisplayName("<location> MUST contain a UUID representing a unique session ID")
        void namesAUniqueSession() {
            String location = repository.begin();
            assertThat(location).matches(".*/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                    .isNotEqualTo(repository.begin());
        }

        @Test
        @DisplayName("PUT upon success MUST have code 201 Created")
        void answers201() {
            assertThat(put().statusCode()).isEqualTo(201);
        }

        @Test
        @DisplayName("PUT upon success MUST have the Location of the blob")
        void tellsWhereTheBlobIs() {
            assertPullable(put());
        }

        private HttpResponse<String> put() {
            return registry.call("PUT", repository.begin() + "?digest=" + DIGEST)
                    .header("Content-Type", "application/octet-stream")
                    .body(BLOB)
                    .send();
        }
    }

    @Nested
    @DisplayName("Single POST:")
    final class SinglePost {

        @Test
        @DisplayName("Content-Length MUST match the blob's actual content length")
        void refusesAnotherLength() {
            int shorter = BLOB.size() - 1;
            HttpResponse<String> refused = repository.call("POST", "blobs/uploads/?digest="
                    + DIGEST).body(BodyPublishers.ofByteArray(BLOB.toArray(), 0, shorter)).send();
            assertThat(refused.statusCode()).isEqualTo(400);
            assertAbsent();
        }

        @Test
        @DisplayName("<digest> MUST match the blob's digest")
        void refusesAnotherDigest() {
            HttpResponse<String> refused = repository.call("POST", "blobs/uploads/?digest="
                    + SpecRepository.ABSENT).body(BLOB).send();
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("DIGEST_INVALID");
            assertThat(repository.get("blobs/" + SpecRepository.ABSENT).statusCode()).isEqualTo(
                    404);
        }

        @Test
        @DisplayName("successful completion MUST return a 201 Created")
        void answers201() {
            assertThat(post().statusCode()).isEqualTo(201);
        }

        @Test
        @DisplayName("successful completion MUST include the Location of the blob")
        void tellsWhereTheBlobIs() {
            assertPullable(post());
        }

        private HttpResponse<String> post() {
            return repository.call("POST", "blobs/uploads/?digest=" + DIGEST).body(BLOB).send();
        }
    }

    @Nested
    @DisplayName("Pushing a blob in chunks:")
    final class PushingABlobInChunks {

        @Test
        @DisplayName("POST MUST include Content-Length: 0, and is taken so")
        void takesAPostOfNothing() {
            // The JDK's client sends Content-Length: 0 for a POST without body.
            assertThat(repository.begin()).startsWith(repository.path("blobs/uploads/"));
        }

        @Test
        @DisplayName("<range> MUST be inclusive on both ends")
        void countsBothEndsOfARange() {
            String location = repository.begin();
            assertThat(repository.chunk(location, "0-5", "hello").statusCode()).isEqualTo(400);
            assertThat(repository.chunk(location, "0-4", "hello").statusCode()).isEqualTo(202);
        }

        @Test
        @DisplayName("the first chunk's range MUST begin with 0")
        void beginsWithZero() {
            assertThat(repository.chunk(repository.begin(), "1-5", "hello").statusCode())
                    .isEqualTo(416);
        }

        @ParameterizedTest(name = "<range> MUST match the expression: {0}")
        @ValueSource(strings = {"0-", "-4", "0", "a-b", "0_4", "0-4-8", "0x0-0x4", "*/5"})
        void refusesWhatIsNoRange(String range) {
            assertThat(repository.chunk(repository.begin(), range, "hello").statusCode())
                    .isEqualTo(400);
        }

        @Test
        @DisplayName("each successful chunk MUST have a 202 Accepted")
        void answers202() {
            String location = repository.begin();
            assertThat(repository.chunk(location, "0-4", "hello").statusCode()).isEqualTo(202);
            assertThat(repository.chunk(location, "5-11", ", world").statusCode()).isEqualTo(202);
        }

        @Test
        @DisplayName("each successful chunk MUST have Location and Range: 0-<end-of-range>")
        void tellsHowFarItIs() {
            HttpResponse<String> first = repository.chunk(repository.begin(), "0-4", "hello");
            assertThat(first.headers().firstValue("Range")).contains("0-4");
            HttpResponse<String> second = repository.chunk(SpecRepository.location(first),
                    "5-11", ", world");
            assertThat(second.headers().firstValue("Range")).contains("0-11");
            assertPullable(repository.finish(SpecRepository.location(second), DIGEST));
        }

        @Test
        @DisplayName("the first byte of a chunk MUST be the last <end-of-range> plus one")
        void goesOnAfterTheEnd() {
            String location = repository.begin();
            repository.chunk(location, "0-4", "hello");
            assertThat(repository.chunk(location, "4-11", "x, world").statusCode()).isEqualTo(
                    416);
            repository.chunk(location, "5-11", ", world");
            assertPullable(repository.finish(location, DIGEST));
        }

        @Test
        @DisplayName("if a chunk is out of order MUST respond with 416")
        void answers416() {
            String location = repository.begin();
            assertThat(repository.chunk(location, "5-11", ", world").statusCode()).isEqualTo(416);
            repository.chunk(location, "0-4", "hello");
            assertThat(repository.chunk(location, "0-4", "hello").statusCode()).isEqualTo(416);
            assertThat(repository.chunk(location, "6-11", " world").statusCode()).isEqualTo(416);
        }

        @Test
        @DisplayName("the session MUST be closed with a PUT request")
        void hasNoBlobBeforeThePut() {
            String location = upload();
            assertAbsent();
            assertThat(repository.finish(location, DIGEST).statusCode()).isEqualTo(201);
            assertThat(repository.get("blobs/" + DIGEST).statusCode()).isEqualTo(200);
        }

        @Test
        @DisplayName("the closing PUT MUST include the <digest> of the whole blob")
        void wantsTheDigestOfTheWhole() {
            assertThat(registry.call("PUT", upload()).send().statusCode()).isEqualTo(400);
            Digest ofLast = Bytes.ofUtf8(", world").digest();
            assertThat(repository.finish(upload(), ofLast).statusCode()).isEqualTo(400);
            assertAbsent();
        }

        @Test
        @DisplayName("a successful closing MUST be 201 Created")
        void answers201() {
            assertThat(repository.finish(upload(), DIGEST).statusCode()).isEqualTo(201);
        }

        @Test
        @DisplayName("a successful closing MUST contain the Location of the blob")
        void tellsWhereTheBlobIs() {
            assertPullable(repository.finish(upload(), DIGEST));
        }

        @Test
        @DisplayName("GET of an active upload MUST be 204 No Content")
        void answers204() {
            assertThat(registry.call("GET", upload()).send().statusCode()).isEqualTo(204);
        }

        @Test
        @DisplayName("GET of an active upload MUST have Location and Range: 0-<end-of-range>")
        void tellsHowFarItIsWhenAsked() {
            String location = repository.begin();
            repository.chunk(location, "0-4", "hello");
            repository.chunk(location, "9-11", "out");
            HttpResponse<String> asked = registry.call("GET", location).send();
            assertThat(asked.headers().firstValue("Range")).contains("0-4");
            location = SpecRepository.location(asked);
            repository.chunk(location, "5-11", ", world");
            assertPullable(repository.finish(location, DIGEST));
        }

        private String upload() {
            String location = repository.begin();
            repository.chunk(location, "0-4", "hello");
            return SpecRepository.location(repository.chunk(location, "5-11", ", world"));
        }
    }

    private void assertAbsent() {
        assertThat(repository.get("blobs/" + DIGEST).statusCode()).isEqualTo(404);
    }

    private void assertPullable(HttpResponse<String> created) {
        String location = SpecRepository.location(created);
        assertThat(location).startsWith(repository.path("blobs/"));
        assertThat(registry.call("GET", location).send().body()).isEqualTo(BLOB.utf8());
    }
}
