package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Algorithm;
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
import org.junit.jupiter.params.provider.EnumSource;

/** Spec: distribution-spec v1.1.1, Pushing Manifests. */
@ParameterizedClass
@EnumSource
final class ManifestTest {
    @Parameter
    private StorageKind kind = StorageKind.FILES_AND_SQLITE;
    private static final Bytes CONFIG = Bytes.ofUtf8("{}");

    @TempDir
    private Path folder;
    private RunningRegistry registry;
    private Digest config;

    @BeforeEach
    void start() {
        registry = RunningRegistry.start(kind.make(folder));
        config = registry.client().pushBlob("a", CONFIG);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void refusesWhatNamesContentThatIsNotInTheRepository() {
        int before = storedFiles();
        Digest absent = Bytes.ofUtf8("absent").digest();
        HttpResponse<String> refused = put("a", "v1", Manifests.IMAGE, Manifests.image(absent, 6,
                ""));
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body()).contains("MANIFEST_BLOB_UNKNOWN", absent.toString());
        assertThat(put("b", "v1", Manifests.IMAGE, image("")).body()).as("another's blob")
                .contains(
                        "MANIFEST_BLOB_UNKNOWN");
        assertThat(put("a", "v1", Manifests.INDEX, Manifests.index(absent, 6)).body()).contains(
                "MANIFEST_BLOB_UNKNOWN");
        assertThat(put("a", "v1", Manifests.INDEX, Manifests.index(config, 2)).body()).as(
                "a blob is no manifest").contains("MANIFEST_BLOB_UNKNOWN");
        assertThat(get("a", "v1").statusCode()).isEqualTo(404);
        assertThat(storedFiles()).isEqualTo(before);
    }

    @Test
    void refusesAnotherSizeThanTheContentHas() {
        HttpResponse<String> refused = put("a", "v1", Manifests.IMAGE, Manifests.image(config, 3,
                ""));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("MANIFEST_INVALID", "2 bytes, the manifest says 3");
    }

    @Test
    void takesAnIndexOfManifestsThatAreThere() {
        Bytes image = image("");
        registry.client().pushManifest("a", image.digest().toString(), Manifests.IMAGE, image);
        Bytes index = Manifests.index(image.digest(), image.size());
        assertThat(put("a", "v1", Manifests.INDEX, index).statusCode()).isEqualTo(201);
        assertThat(get("a", "v1").headers().firstValue("Content-Type")).contains(Manifests.INDEX);
    }

    @Test
    void takesALayerThatMustNotBeDistributedWithoutItsBytes() {
        Bytes image = Bytes.ofUtf8("""
                {"schemaVersion":2,"config":{"mediaType":"application/vnd.oci.empty.v1+json",
                "digest":"%s","size":2},"layers":[{"mediaType":
                "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
                "digest":"%s","size":5,"urls":["https://example.com/x"]}]}""".formatted(config,
                Bytes.ofUtf8("layer").digest()));
        assertThat(put("a", "v1", Manifests.IMAGE, image).statusCode()).isEqualTo(201);
    }

    @Test
    void refusesWhatIsNotSuchAManifest() {
        assertThat(put("a", "v1", Manifests.INDEX, image("")).statusCode()).as("another type")
                .isEqualTo(400);
        for (String text : new String[]{"", "{", "[]", "{} {}", "{\"layers\":[]}"}) {
            HttpResponse<String> refused = put("a", "v1", Manifests.IMAGE, Bytes.ofUtf8(text));
            assertThat(refused.statusCode()).as(text).isEqualTo(400);
            assertThat(refused.body()).contains("MANIFEST_INVALID");
        }
        assertThat(put("a", "v1", "application/json", image("")).body()).contains(
                "MANIFEST_INVALID");
        assertThat(registry.call("PUT", "/v2/a/manifests/v1").body(image("")).send().body())
                .contains("Content-Type");
    }

    @Test
    void comparesWithTheDigestThatItIsPushedBy() {
        HttpResponse<String> refused = put("a", config.toString(), Manifests.IMAGE, image(""));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("DIGEST_INVALID");
        String sha512 = image("").digest(Algorithm.SHA512).toString();
        assertThat(put("a", sha512, Manifests.IMAGE, image("")).statusCode()).isEqualTo(201);
        assertThat(get("a", sha512).headers().firstValue("Docker-Content-Digest")).contains(sha512);
    }

    @Test
    void takesFourMebibytesAndNoMore() {
        int limit = 4 * 1024 * 1024;
        Bytes largest = image(" ".repeat(limit - image("").size()));
        assertThat(put("a", "large", Manifests.IMAGE, largest).statusCode()).isEqualTo(201);
        assertThat(get("a", "large").body()).hasSize(limit);
        HttpResponse<String> refused = put("a", "larger", Manifests.IMAGE, Bytes.ofUtf8(largest
                .utf8() + " "));
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).contains("SIZE_INVALID");
    }

    @Test
    void movesTagsAndKeepsWhatTheyPointedAt() {
        put("a", "v1", Manifests.IMAGE, image(""));
        put("a", "v1", Manifests.IMAGE, image("\n"));
        assertThat(get("a", "v1").body()).isEqualTo(image("\n").utf8());
        assertThat(get("a", image("").digest().toString()).statusCode()).isEqualTo(200);
    }

    @Test
    void pointsSeveralTagsAtOnce() {
        HttpResponse<String> pushed = put("a", image("").digest() + "?tag=x&tag=y",
                Manifests.IMAGE, image(""));
        assertThat(pushed.headers().firstValue("OCI-Tag")).contains("x, y");
        assertThat(get("a", "x").body()).isEqualTo(get("a", "y").body());
    }

    @Test
    void movesATagOnlyUnderTheConditionThatIsAsked() {
        assertThat(conditional("If-Match", "*", image(""))).isEqualTo(412);
        assertThat(conditional("If-None-Match", "*", image(""))).isEqualTo(201);
        assertThat(conditional("If-None-Match", "*", image("\n"))).isEqualTo(412);
        String old = '"' + image("").digest().toString() + '"';
        assertThat(conditional("If-Match", old, image("\n"))).isEqualTo(201);
        assertThat(conditional("If-Match", old, image("\n\n"))).isEqualTo(412);
        assertThat(get("a", "v1").body()).isEqualTo(image("\n").utf8());
    }

    @Test
    void deletesATagAloneAndAManifestWithItsTags() {
        put("a", "v1", Manifests.IMAGE, image(""));
        put("a", "v2", Manifests.IMAGE, image(""));
        assertThat(delete("v1")).isEqualTo(202);
        assertThat(delete("v1")).isEqualTo(404);
        assertThat(get("a", "v2").statusCode()).isEqualTo(200);
        assertThat(delete(image("").digest().toString())).isEqualTo(202);
        assertThat(get("a", "v2").body()).contains("MANIFEST_UNKNOWN");
        assertThat(get("a", image("").digest().toString()).statusCode()).isEqualTo(404);
        assertThat(registry.call("GET", "/v2/a/tags/list").send().body()).contains("\"tags\":[]");
    }

    @Test
    void doesNotServeAManifestAsABlobOrABlobAsAManifest() {
        put("a", "v1", Manifests.IMAGE, image(""));
        assertThat(registry.call("GET", "/v2/a/blobs/" + image("").digest()).send().statusCode())
                .isEqualTo(404);
        assertThat(get("a", config.toString()).statusCode()).isEqualTo(404);
    }

    @Test
    void isPulledAsWhatItWasPushedAsLast() {
        String docker = "application/vnd.docker.distribution.manifest.v2+json";
        Bytes untyped = Bytes.ofUtf8(image("").utf8()
                .replace("\"mediaType\":\"" + Manifests.IMAGE
                        + "\",", ""));
        for (String type : new String[]{Manifests.IMAGE, docker, Manifests.IMAGE}) {
            assertThat(put("a", "v1", type, untyped).statusCode()).isEqualTo(201);
            for (String reference : new String[]{"v1", untyped.digest().toString()}) {
                assertThat(get("a", reference).headers().firstValue("Content-Type")).contains(type);
                assertThat(get("a", reference).body()).isEqualTo(untyped.utf8());
            }
        }
        assertThat(put("a", "v1", docker, image("")).body()).as("it says what it is")
                .contains(
                        "MANIFEST_INVALID");
    }

    @Test
    void findsNothingByAMalformedTag() {
        assertThat(get("a", "-x").body()).contains("MANIFEST_UNKNOWN");
        assertThat(put("a", "-x", Manifests.IMAGE, image("")).statusCode()).isEqualTo(400);
    }

    private Bytes image(String tail) {
        return Manifests.image(config, CONFIG.size(), tail);
    }

    private HttpResponse<String> put(String repository, String reference, String type,
            Bytes manifest) {
        return registry.call("PUT", "/v2/" + repository + "/manifests/" + reference)
                .header("Content-Type", type)
                .body(manifest)
                .send();
    }

    private int conditional(String header, String value, Bytes manifest) {
        return registry.call("PUT", "/v2/a/manifests/v1")
                .header("Content-Type", Manifests.IMAGE)
                .header(header, value)
                .body(manifest)
                .send()
                .statusCode();
    }

    private HttpResponse<String> get(String repository, String reference) {
        return registry.call("GET", "/v2/" + repository + "/manifests/" + reference).send();
    }

    private int delete(String reference) {
        return registry.call("DELETE", "/v2/a/manifests/" + reference).send().statusCode();
    }

    private int storedFiles() {
        return registry.stored().size() + registry.staged().size();
    }
}
