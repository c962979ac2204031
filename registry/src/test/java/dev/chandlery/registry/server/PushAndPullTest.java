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

/** The way of content in and out, by plain HTTP. */
final class PushAndPullTest {
    @TempDir
    private Path folder;
    private RunningRegistry registry;

    @BeforeEach
    void start() {
        registry = RunningRegistry.start(folder);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void answersThePing() {
        HttpResponse<String> answer = registry.call("GET", "/v2/").send();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}");
        assertThat(answer.headers().firstValue("Docker-Distribution-API-Version"))
                .contains("registry/2.0");
    }

    @Test
    void givesBackABlobPushedInOneRequest() {
        Bytes blob = Bytes.ofUtf8("hello");
        HttpResponse<String> pushed = registry.call("POST", "/v2/a/b/blobs/uploads/?digest=" + blob
                .digest()).body(blob).send();
        assertThat(pushed.statusCode()).as(pushed.body()).isEqualTo(201);
        assertThat(pushed.headers().firstValue("Location")).contains("/v2/a/b/blobs/" + blob
                .digest());
        HttpResponse<String> pulled = registry.call("GET", "/v2/a/b/blobs/" + blob.digest()).send();
        assertThat(pulled.body()).isEqualTo("hello");
        assertThat(pulled.headers().firstValue("Docker-Content-Digest")).contains(blob.digest()
                .toString());
    }

    @Test
    void givesBackAManifestByTagAndDigestAsItWasPushed() {
        Digest config = registry.client().pushBlob("a/b", Bytes.ofUtf8("{}"));
        Bytes manifest = Manifests.image(config, 2, "\n");
        HttpResponse<String> pushed = registry.call("PUT", "/v2/a/b/manifests/v1")
                .header("Content-Type", Manifests.IMAGE)
                .body(manifest)
                .send();
        assertThat(pushed.statusCode()).as(pushed.body()).isEqualTo(201);
        for (String name : new String[]{"v1", manifest.digest().toString()}) {
            HttpResponse<String> pulled = registry.call("GET", "/v2/a/b/manifests/" + name).send();
            assertThat(pulled.body()).isEqualTo(manifest.utf8());
            assertThat(pulled.headers().firstValue("Content-Type")).contains(Manifests.IMAGE);
            HttpResponse<String> head = registry.call("HEAD", "/v2/a/b/manifests/" + name).send();
            assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(manifest.size());
        }
    }
}
