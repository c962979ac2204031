package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

/** A registry on a free port, and a client that sends exactly what it is told. */
final class RunningRegistry implements AutoCloseable {
    private final RegistryServer server;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private RunningRegistry(RegistryServer server) {
        this.server = server;
    }

    static RunningRegistry start(Path folder) {
        return start(folder, ServerOptions.loopback(0));
    }

    static RunningRegistry start(Path folder, ServerOptions options) {
        try {
            StorageLock lock = StorageLock.tryTake(folder.toRealPath()).orElseThrow();
            return new RunningRegistry(RegistryServer.start(lock, options));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.address().port();
    }

    /** A request to that path and query, or to a {@code Location} of an answer. */
    Call call(String method, String target) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                + port() + target)).timeout(Duration.ofSeconds(30));
        return new Call(method, request, BodyPublishers.noBody());
    }

    final class Call {
        private final String method;
        private final HttpRequest.Builder request;
        private final BodyPublisher body;

        private Call(String method, HttpRequest.Builder request, BodyPublisher body) {
            this.method = method;
            this.request = request;
            this.body = body;
        }

        Call header(String name, String value) {
            request.header(name, value);
            return this;
        }

        Call body(Bytes bytes) {
            return body(BodyPublishers.ofByteArray(bytes.toArray()));
        }

        Call body(BodyPublisher publisher) {
            return new Call(method, request, publisher);
        }

        HttpResponse<String> send() {
            try {
                return client.send(request.method(method, body).build(), BodyHandlers.ofString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    Digest pushBlob(String repository, Bytes blob) {
        HttpResponse<String> answer = call("POST", "/v2/" + repository + "/blobs/uploads/?digest="
                + blob.digest()).body(blob).send();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return blob.digest();
    }

    Digest pushManifest(String repository, String reference, String type, Bytes manifest) {
        HttpResponse<String> answer = call("PUT", "/v2/" + repository + "/manifests/" + reference)
                .header("Content-Type", type)
                .body(manifest)
                .send();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return manifest.digest();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
