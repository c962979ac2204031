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
import org.junit.jupiter.params.provider.EnumSource;

/** Tags, repositories and referrers, in pages. */
@ParameterizedClass
@EnumSource
final class ListTest {
    @Parameter
    private StorageKind kind = StorageKind.FILES_AND_SQLITE;
    @TempDir
    private Path folder;
    private RunningRegistry registry;
    private Digest config;

    @BeforeEach
    void start() {
        registry = RunningRegistry.start(kind.make(folder));
        config = registry.client().pushBlob("a", Bytes.ofUtf8("{}"));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void listsTagsByTheirBytesInPages() {
        for (String tag : new String[]{"b", "B", "a-1", "a", "_"}) {
            registry.client()
                    .pushManifest("a", tag, Manifests.IMAGE, Manifests.image(config, 2,
                            ""));
        }
        assertThat(get("/v2/a/tags/list").body()).isEqualTo(
                "{\"name\":\"a\",\"tags\":[\"B\",\"_\",\"a\",\"a-1\",\"b\"]}");
        HttpResponse<String> first = get("/v2/a/tags/list?n=2");
        assertThat(first.body()).contains("[\"B\",\"_\"]");
        HttpResponse<String> second = get(next(first));
        assertThat(second.body()).contains("[\"a\",\"a-1\"]");
        HttpResponse<String> third = get(next(second));
        assertThat(third.body()).contains("[\"b\"]");
        assertThat(third.headers().firstValue("Link")).isEmpty();
        assertThat(get("/v2/a/tags/list?last=a").body()).contains("[\"a-1\",\"b\"]");
        assertThat(get("/v2/a/tags/list?last=a-0").body()).contains("[\"a-1\",\"b\"]");
    }

    @Test
    void tellsOnHeadWhatAListWouldBe() {
        registry.client().pushManifest("a", "v1", Manifests.IMAGE, Manifests.image(config, 2, ""));
        registry.client().pushManifest("a", "v2", Manifests.IMAGE, Manifests.image(config, 2, ""));
        for (String target : new String[]{"/v2/a/tags/list?n=1", "/v2/_catalog", "/v2/",
                "/v2/a/referrers/" + config, "/v2/never/tags/list"}) {
            HttpResponse<String> list = get(target);
            HttpResponse<String> head = registry.call("HEAD", target).send();
            assertThat(head.statusCode()).as(target).isEqualTo(list.statusCode());
            assertThat(head.body()).isEmpty();
            for (String name : new String[]{"Content-Length", "Content-Type", "Link"}) {
                assertThat(head.headers().allValues(name)).as(target)
                        .isEqualTo(list.headers().allValues(name));
            }
        }
    }

    @Test
    void listsNoTagsWhenNoneAreAskedAndManyWhenTooManyAre() {
        registry.client().pushManifest("a", "v1", Manifests.IMAGE, Manifests.image(config, 2, ""));
        HttpResponse<String> none = get("/v2/a/tags/list?n=0");
        assertThat(none.body()).contains("\"tags\":[]");
        assertThat(none.headers().firstValue("Link")).isEmpty();
        assertThat(get("/v2/a/tags/list?n=99999999999999999999").body()).contains("[\"v1\"]");
        assertThat(get("/v2/a/tags/list?n=-1").statusCode()).isEqualTo(400);
        assertThat(get("/v2/never/tags/list").body()).contains("NAME_UNKNOWN");
    }

    @Test
    void listsRepositoriesThatHoldManifests() {
        for (String name : new String[]{"b/c", "a", "d"}) {
            registry.client().pushBlob(name, Bytes.ofUtf8("{}"));
            registry.client()
                    .pushManifest(name, "v1", Manifests.IMAGE, Manifests.image(config, 2,
                            ""));
        }
        registry.client().pushBlob("blobs-only", Bytes.ofUtf8("{}"));
        assertThat(get("/v2/_catalog").body()).isEqualTo(
                "{\"repositories\":[\"a\",\"b/c\",\"d\"]}");
        HttpResponse<String> first = get("/v2/_catalog?n=2");
        assertThat(first.body()).isEqualTo("{\"repositories\":[\"a\",\"b/c\"]}");
        assertThat(get(next(first)).body()).isEqualTo("{\"repositories\":[\"d\"]}");
    }

    @Test
    void listsReferrersOfASubjectThatNeedNotBeThere() {
        Digest subject = Bytes.ofUtf8("subject").digest();
        Bytes signature = Manifests.attached(config, subject, "application/sig", "s");
        Bytes sbom = Manifests.attached(config, subject, "application/sbom+json", "b");
        HttpResponse<String> pushed = registry.call("PUT", "/v2/a/manifests/" + signature.digest())
                .header("Content-Type", Manifests.IMAGE)
                .body(signature)
                .send();
        assertThat(pushed.headers().firstValue("OCI-Subject")).contains(subject.toString());
        registry.client().pushManifest("a", "sbom", Manifests.IMAGE, sbom);
        HttpResponse<String> all = get("/v2/a/referrers/" + subject);
        assertThat(all.headers().firstValue("Content-Type")).contains(Manifests.INDEX);
        assertThat(all.body()).contains(signature.digest().toString(), sbom.digest().toString(),
                "\"annotations\":{\"note\":\"s\"}", "\"artifactType\":\"application/sig\"");
        HttpResponse<String> some = get("/v2/a/referrers/" + subject
                + "?artifactType=application/sbom%2Bjson");
        assertThat(some.headers().firstValue("OCI-Filters-Applied")).contains("artifactType");
        assertThat(some.body()).contains(sbom.digest().toString())
                .doesNotContain(signature.digest()
                        .toString());
        registry.call("DELETE", "/v2/a/manifests/" + sbom.digest()).send();
        assertThat(get("/v2/a/referrers/" + subject).body()).doesNotContain(sbom.digest()
                .toString());
    }

    @Test
    void pagesReferrersAndKeepsTheFilter() {
        Digest subject = Bytes.ofUtf8("subject").digest();
        for (int i = 0; i < 3; i++) {
            Bytes attached = Manifests.attached(config, subject, "application/a+b", "n" + i);
            registry.client()
                    .pushManifest("a", attached.digest().toString(), Manifests.IMAGE,
                            attached);
        }
        HttpResponse<String> page = get("/v2/a/referrers/" + subject
                + "?artifactType=application/a%2Bb&n=2");
        HttpResponse<String> rest = get(next(page));
        assertThat(page.body().split("\"size\"", -1)).hasSize(3);
        assertThat(rest.body().split("\"size\"", -1)).hasSize(2);
        assertThat(rest.headers().firstValue("OCI-Filters-Applied")).isPresent();
        assertThat(rest.headers().firstValue("Link")).isEmpty();
    }

    @Test
    void endsAPageOfReferrersBeforeItIsTooLarge() {
        Digest subject = Bytes.ofUtf8("subject").digest();
        for (int i = 0; i < 3; i++) {
            Bytes attached = Manifests.attached(config, subject, "application/a", (i + "x").repeat(
                    800_000));
            registry.client()
                    .pushManifest("a", attached.digest().toString(), Manifests.IMAGE,
                            attached);
        }
        HttpResponse<String> page = get("/v2/a/referrers/" + subject);
        assertThat(page.body().length()).isLessThan(4 * 1024 * 1024);
        HttpResponse<String> rest = get(next(page));
        assertThat(rest.body().split("\"size\"", -1)).hasSize(2);
    }

    @Test
    void listsNoReferrersOfWhatIsUnknown() {
        String digest = Bytes.ofUtf8("x").digest().toString();
        assertThat(get("/v2/never/referrers/" + digest).body()).isEqualTo("{\"schemaVersion\":2,"
                + "\"mediaType\":\"" + Manifests.INDEX + "\",\"manifests\":[]}");
        assertThat(get("/v2/a/referrers/sha256:0").statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> get(String target) {
        return registry.call("GET", target).send();
    }

    private static String next(HttpResponse<String> page) {
        String link = page.headers().firstValue("Link").orElseThrow();
        assertThat(link).endsWith(">; rel=\"next\"");
        return link.substring(1, link.indexOf('>'));
    }
}
