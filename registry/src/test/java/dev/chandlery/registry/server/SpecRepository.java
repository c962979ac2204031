package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;

/** A repository of a running registry that no other test uses; for the tests of the specification's text. */
record SpecRepository(RunningRegistry registry, String name) {
    static final Bytes CONFIG = Bytes.ofUtf8("{}");
    static final Bytes BLOB = Bytes.ofUtf8("hello, world");
    static final Digest ABSENT = Bytes.ofUtf8("absent").digest();

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final ObjectMapper JSON = new ObjectMapper();

    static SpecRepository unused(RunningRegistry registry) {
        return new SpecRepository(registry, "spec/r" + COUNT.incrementAndGet());
    }

    /** Path of something in the repository. */
    String path(String rest) {
        return "/v2/" + name + "/" + rest;
    }

    PlainClient.Call call(String method, String rest) {
        return registry.call(method, path(rest));
    }

    HttpResponse<String> send(String method, String rest) {
        return call(method, rest).send();
    }

    HttpResponse<String> get(String rest) {
        return send("GET", rest);
    }

    Digest pushBlob() {
        return registry.client().pushBlob(name, BLOB);
    }

    /** An image whose config is pushed, not yet pushed itself; notes make images differ. */
    Bytes image(String note) {
        return Manifests.image(registry.client().pushBlob(name, CONFIG), CONFIG.size(), note);
    }

    /** Pushes an image. */
    Bytes pushImage(String reference) {
        Bytes image = image("");
        registry.client().pushManifest(name, reference, Manifests.IMAGE, image);
        return image;
    }

    HttpResponse<String> put(String reference, String type, Bytes manifest) {
        return call("PUT", "manifests/" + reference).header("Content-Type", type)
                .body(manifest)
                .send();
    }

    /** Pushes a manifest by its digest. */
    Digest push(String type, Bytes manifest) {
        return registry.client().pushManifest(name, manifest.digest().toString(), type, manifest);
    }

    /** Begins an upload; where it goes on. */
    String begin() {
        HttpResponse<String> begun = send("POST", "blobs/uploads/");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        return location(begun);
    }

    HttpResponse<String> chunk(String location, String range, String content) {
        return registry.call("PATCH", location)
                .header("Content-Range", range)
                .header("Content-Type", "application/octet-stream")
                .body(Bytes.ofUtf8(content))
                .send();
    }

    HttpResponse<String> finish(String location, Digest digest) {
        return registry.call("PUT", location + "?digest=" + digest).send();
    }

    static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + answer.body(), e);
        }
    }

    /** The target of a link of RFC 5988 to what comes next. */
    static String next(HttpResponse<String> page) {
        String link = page.headers().firstValue("Link").orElseThrow();
        assertThat(link).matches("<[^<>]+>; rel=\"next\"");
        return link.substring(1, link.indexOf('>'));
    }
}
