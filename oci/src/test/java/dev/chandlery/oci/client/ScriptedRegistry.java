package dev.chandlery.oci.client;

import dev.chandlery.oci.Registry;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.Origin;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.oci.http.TransportOptions.RetryPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A server on loopback that answers as a test wants, and a client of it that does not wait long. */
final class ScriptedRegistry implements AutoCloseable {
    static final RetryPolicy QUICK = new RetryPolicy(3, Duration.ofMillis(2), Duration.ofMillis(4),
            Duration.ofSeconds(1));

    private final MockWebServer server = new MockWebServer();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final HttpTransport transport;

    ScriptedRegistry(Function<RecordedRequest, MockResponse.Builder> script, Origin... allowed) {
        this.transport = new HttpTransport(TransportOptions.DEFAULT.withRetry(QUICK)
                .withAllowedOrigins(Set.of(allowed)));
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                requests.add(request);
                return script.apply(request).build();
            }
        });
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RemoteRepository client() {
        return client(CredentialProvider.anonymous(), ClientOptions.DEFAULT);
    }

    RemoteRepository client(CredentialProvider credentials, ClientOptions options) {
        return new RemoteRegistry(registry(), transport, credentials, options)
                .repository(new RepositoryName("test/a"));
    }

    Registry registry() {
        return new Registry("127.0.0.1", server.getPort());
    }

    Origin origin() {
        return new Origin("http", "127.0.0.1", server.getPort());
    }

    URI uri(String path) {
        return URI.create("http://" + registry() + path);
    }

    /** All requests until now, as {@code METHOD target}. */
    List<String> lines() {
        return requests.stream().map(r -> r.getMethod() + " " + r.getTarget()).toList();
    }

    List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    static MockResponse.Builder answer(int status) {
        return new MockResponse.Builder().code(status);
    }

    static MockResponse.Builder answer(int status, String body) {
        return answer(status).body(body);
    }

    @Override
    public void close() {
        transport.close();
        server.close();
    }
}
