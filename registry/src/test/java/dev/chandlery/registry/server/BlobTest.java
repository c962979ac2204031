package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pulling, mounting and deleting blobs; who is a member of what. */
@ParameterizedClass
@EnumSource
final class BlobTest {
    @Parameter
    private StorageKind kind = StorageKind.FILES_AND_SQLITE;
    private static final Bytes BLOB = Bytes.ofUtf8("0123456789");
    private static final Digest DIGEST = BLOB.digest();

    @TempDir
    private Path folder;
    private RunningRegistry registry;

    @BeforeEach
    void start() {
        registry = RunningRegistry.start(kind.make(folder));
        registry.client().pushBlob("a", BLOB);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @ParameterizedTest
    @CsvSource({"bytes=2-4, 234, bytes 2-4/10", "bytes=7-, 789, bytes 7-9/10",
            "bytes=-3, 789, bytes 7-9/10", "bytes=8-99, 89, bytes 8-9/10",
            "bytes=-99, 0123456789, bytes 0-9/10", "Bytes=0-0, 0, bytes 0-0/10",
            "bytes=8-99999999999999999999, 89, bytes 8-9/10",
            "bytes=00000000000000000000008-9, 89, bytes 8-9/10"})
    void sendsTheAskedPart(String range, String expected, String contentRange) {
        HttpResponse<String> part = pull().header("Range", range).send();
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(expected);
        assertThat(part.headers().firstValue("Content-Range")).contains(contentRange);
        assertThat(part.headers().firstValueAsLong("Content-Length")).hasValue(expected.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=5-4", "bytes=-0",
            "bytes=99999999999999999999-"})
    void refusesAPartThatIsNotThere(String range) {
        HttpResponse<String> part = pull().header("Range", range).send();
        assertThat(part.statusCode()).isEqualTo(416);
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes */10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,3-4", "lines=0-1", "bytes=-", "nonsense"})
    void sendsTheWholeWhereItMayIgnoreTheRange(String range) {
        HttpResponse<String> whole = pull().header("Range", range).send();
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(BLOB.utf8());
    }

    @Test
    void sendsNothingToAClientThatHasIt() {
        String tag = pull().send().headers().firstValue("ETag").orElseThrow();
        assertThat(tag).isEqualTo('"' + DIGEST.toString() + '"');
        HttpResponse<String> again = pull().header("If-None-Match", "\"x\", " + tag).send();
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("Content-Length")).as("RFC 9110, section 8.6")
                .hasValue(Integer.toString(BLOB.size()));
        assertThat(pull().header("If-Range", "\"x\"")
                .header("Range", "bytes=0-1")
                .send()
                .statusCode()).isEqualTo(200);
    }

    @Test
    void tellsTheLengthOnHead() {
        HttpResponse<String> head = registry.call("HEAD", "/v2/a/blobs/" + DIGEST).send();
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(BLOB.size());
        assertThat(head.headers().firstValue("Accept-Ranges")).contains("bytes");
    }

    @Test
    void answersAlikeForContentOfOthersAndContentThatNeverWas() {
        Digest never = Bytes.ofUtf8("never").digest();
        registry.client().pushBlob("b", Bytes.ofUtf8("b's own"));
        HttpResponse<String> others = registry.call("GET", "/v2/b/blobs/" + DIGEST).send();
        HttpResponse<String> absent = registry.call("GET", "/v2/b/blobs/" + never).send();
        assertThat(others.statusCode()).isEqualTo(404);
        assertThat(absent.statusCode()).isEqualTo(404);
        assertThat(others.body().replace(DIGEST.encoded(), never.encoded())).isEqualTo(absent
                .body());
        assertThat(registry.call("HEAD", "/v2/b/blobs/" + DIGEST).send().statusCode()).isEqualTo(
                404);
    }

    @Test
    void mountsFromANamedSourceAndFromAny() {
        for (String query : new String[]{"&from=a", ""}) {
            String target = query.isEmpty() ? "c" : "d";
            HttpResponse<String> mounted = registry.call("POST", "/v2/" + target
                    + "/blobs/uploads/?mount=" + DIGEST + query).send();
            assertThat(mounted.statusCode()).isEqualTo(201);
            assertThat(mounted.headers().firstValue("Location")).contains("/v2/" + target
                    + "/blobs/" + DIGEST);
            assertThat(registry.call("GET", "/v2/" + target + "/blobs/" + DIGEST).send().body())
                    .isEqualTo(BLOB.utf8());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=b", "from=never", "from=-not-a-name", "from=../a"})
    void beginsAnUploadWhenItCannotMount(String from) {
        registry.client().pushBlob("b", Bytes.ofUtf8("b's own"));
        HttpResponse<String> answer = registry.call("POST", "/v2/c/blobs/uploads/?mount=" + DIGEST
                + "&" + from).send();
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith(
                "/v2/c/blobs/uploads/");
        assertThat(registry.call("HEAD", "/v2/c/blobs/" + DIGEST).send().statusCode()).isEqualTo(
                404);
    }

    @Test
    void deletesFromOneRepositoryAlone() {
        registry.call("POST", "/v2/b/blobs/uploads/?mount=" + DIGEST + "&from=a").send();
        assertThat(registry.call("DELETE", "/v2/a/blobs/" + DIGEST).send().statusCode()).isEqualTo(
                202);
        assertThat(pull().send().body()).contains("BLOB_UNKNOWN");
        assertThat(registry.call("DELETE", "/v2/a/blobs/" + DIGEST).send().statusCode()).isEqualTo(
                404);
        assertThat(registry.call("GET", "/v2/b/blobs/" + DIGEST).send().body()).isEqualTo(BLOB
                .utf8());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256:ABC", "md5:0123", "sha256:", "nonsense"})
    void refusesAMalformedDigest(String digest) {
        HttpResponse<String> answer = registry.call("GET", "/v2/a/blobs/" + digest).send();
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("DIGEST_INVALID");
    }

    private PlainClient.Call pull() {
        return registry.call("GET", "/v2/a/blobs/" + DIGEST);
    }
}
