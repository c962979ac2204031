package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Registry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A client that sends exactly what it is told. */
public final class PlainClient implements AutoCloseable {
    private final Registry registry;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private PlainClient(Registry registry) {
        this.registry = registry;
    }

    public static PlainClient of(Registry registry) {
        return new PlainClient(registry);
    }

    /** A request to that path and query, or to a {@code Location} of an answer. */
    public Call call(String method, String target) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + registry
                + target)).timeout(Duration.ofMinutes(2));
        return new Call(method, request, BodyPublishers.noBody());
    }

    /** One request. */
    public final class Call {
        private final String method;
        private final HttpRequest.Builder request;
        private final BodyPublisher body;

        private Call(String method, HttpRequest.Builder request, BodyPublisher body) {
            this.method = method;
            this.request = request;
            this.body = body;
        }

        public Call header(String name, String value) {
            request.header(name, value);
            return this;
        }

        public Call body(Bytes bytes) {
            return body(BodyPublishers.ofByteArray(bytes.toArray()));
        }

        public Call body(BodyPublisher publisher) {
            return new Call(method, request, publisher);
        }

        /** Sends it; an {@code IOException} is the cause of what is thrown. */
        public HttpResponse<String> send() {
            try {
                return client.send(request.method(method, body).build(), BodyHandlers.ofString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public Digest pushBlob(String repository, Bytes blob) {
        HttpResponse<String> answer = call("POST", "/v2/" + repository + "/blobs/uploads/?digest="
                + blob.digest()).body(blob).send();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return blob.digest();
    }

    public Digest pushManifest(String repository, String reference, String type, Bytes manifest) {
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
    }
}
