package dev.chandlery.testkit.hostile;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.client.ClientOptions;
import dev.chandlery.oci.client.ClientOptions.Limits;
import dev.chandlery.oci.client.RemoteRegistry;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.oci.http.TransportOptions.RetryPolicy;
import dev.chandlery.oci.http.TransportOptions.Timeouts;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;

/**
 * A client and its hostile registry. No test may take longer than this, whatever the registry does; an honest
 * answer is waited for as long as a busy machine may take.
 */
@Timeout(240)
class HostileFixture {
    static final String BLOB = "/v2/test/a/blobs/sha256.*";
    static final String MANIFEST = "/v2/test/a/manifests/.*";
    static final String UPLOADS = "/v2/test/a/blobs/uploads/";
    static final String SESSION = "/v2/test/a/blobs/uploads/session.*";
    static final int MAX_PAGES = 10;
    static final int MAX_BYTES = 100_000;

    static final TransportOptions OPTIONS = TransportOptions.DEFAULT.withTimeouts(new Timeouts(
            Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(60), 1024))
            .withRetry(new RetryPolicy(3, Duration.ofMillis(5), Duration.ofMillis(20), Duration
                    .ofSeconds(3)));
    /** For registries that say nothing, or next to nothing. */
    private static final Timeouts IMPATIENT = new Timeouts(Duration.ofSeconds(2), Duration
            .ofSeconds(1), Duration.ofSeconds(1), 1024);

    @AutoClose
    final HostileRegistry registry = HostileRegistry.start();
    @AutoClose
    final HttpTransport transport = new HttpTransport(OPTIONS);
    @AutoClose
    private final HttpTransport impatient = new HttpTransport(OPTIONS.withTimeouts(IMPATIENT));

    RemoteRepository client() {
        return client(options());
    }

    RemoteRepository client(ClientOptions options) {
        return client(options, CredentialProvider.anonymous());
    }

    RemoteRepository client(ClientOptions options, CredentialProvider credentials) {
        return new RemoteRegistry(registry.registry(), transport, credentials, options).repository(
                new RepositoryName("test/a"));
    }

    /** One that gives a silent registry up after a second. */
    RemoteRepository impatientClient() {
        return new RemoteRegistry(registry.registry(), impatient, CredentialProvider.anonymous(),
                options()).repository(new RepositoryName("test/a"));
    }

    static ClientOptions options() {
        return ClientOptions.DEFAULT.withAttempts(3)
                .withLimits(new Limits(MAX_BYTES, MAX_BYTES, MAX_PAGES, 5));
    }
}
