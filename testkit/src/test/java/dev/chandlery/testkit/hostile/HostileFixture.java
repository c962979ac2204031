package dev.chandlery.testkit.hostile;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.client.ClientOptions;
import dev.chandlery.oci.client.ClientOptions.Limits;
import dev.chandlery.oci.client.CredentialProvider;
import dev.chandlery.oci.client.RemoteRegistry;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.oci.http.TransportOptions.RetryPolicy;
import dev.chandlery.oci.http.TransportOptions.Timeouts;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;

/**
 * An impatient client and its hostile registry. No test may take longer than this, whatever the registry
 * does.
 */
@Timeout(20)
class HostileFixture {
    static final String BLOB = "/v2/test/a/blobs/sha256.*";
    static final String MANIFEST = "/v2/test/a/manifests/.*";
    static final String UPLOADS = "/v2/test/a/blobs/uploads/";
    static final String SESSION = "/v2/test/a/blobs/uploads/session.*";
    static final int MAX_PAGES = 10;
    static final int MAX_BYTES = 100_000;

    static final TransportOptions IMPATIENT = TransportOptions.DEFAULT.withTimeouts(new Timeouts(
            Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(1), 1024))
            .withRetry(new RetryPolicy(3, Duration.ofMillis(5), Duration.ofMillis(20), Duration
                    .ofSeconds(3)));

    @AutoClose
    final HostileRegistry registry = HostileRegistry.start();
    @AutoClose
    final HttpTransport transport = new HttpTransport(IMPATIENT);

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

    static ClientOptions options() {
        return ClientOptions.DEFAULT.withAttempts(3)
                .withLimits(new Limits(MAX_BYTES, MAX_BYTES, MAX_PAGES, 5));
    }
}
