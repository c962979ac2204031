package dev.chandlery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.UnauthorizedException;
import dev.chandlery.oci.UnsupportedFeatureException;
import dev.chandlery.oci.client.ClientOptions;
import dev.chandlery.oci.client.RemoteRegistry;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.client.auth.FixedCredentials;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class DistributionRegistryTest {
    private static final Map<String, String> BARE = Map.of("PATH", "", "HOME", "/nowhere");

    @AutoClose
    private final HttpTransport transport = new HttpTransport(TransportOptions.DEFAULT);

    @Test
    void absenceIsASkipUnlessARegistryIsRequired() {
        assumeThat(Path.of("/var/run/docker.sock")).as("Docker, whose registry is there always")
                .doesNotExist();
        assertThatThrownBy(() -> DistributionRegistry.start(RegistryOptions.OPEN, BARE))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("docker-registry");
        for (String variable : new String[]{"CI", "CHANDLERY_REQUIRE_REGISTRY"}) {
            assertThatThrownBy(() -> DistributionRegistry.start(RegistryOptions.OPEN, Map.of("PATH",
                    "", "HOME", "/nowhere", variable, "true"))).isInstanceOf(
                            AssertionFailedError.class);
        }
    }

    @Test
    void wantsCredentialsWhenAsked() {
        try (DistributionRegistry started = DistributionRegistry.start(RegistryOptions.OPEN
                .withAuthentication())) {
            assertThatThrownBy(() -> remote(started, CredentialProvider.anonymous()).ping())
                    .isInstanceOf(UnauthorizedException.class);
            CredentialProvider known = FixedCredentials.of(started.registry(), RegistryOptions.USER,
                    RegistryOptions.PASSWORD);
            assertThatCode(() -> remote(started, known).ping()).doesNotThrowAnyException();
        }
    }

    @Test
    void refusesDeletesAndWritesWhenAsked() {
        RegistryOptions options = RegistryOptions.OPEN.withDeletes(false);
        try (DistributionRegistry started = DistributionRegistry.start(options)) {
            RemoteRepository repository = repository(started);
            assertThatThrownBy(() -> repository.deleter()
                    .orElseThrow()
                    .delete(Samples.pushText(repository, "blob"))).isInstanceOf(
                            UnsupportedFeatureException.class);
        }
        try (DistributionRegistry started = DistributionRegistry.start(RegistryOptions.OPEN
                .withReadOnly())) {
            RemoteRepository repository = repository(started);
            assertThatThrownBy(() -> Samples.pushText(repository, "blob")).hasMessageContaining(
                    "405");
            assertThat(repository.exists(Samples.blob(Bytes.ofUtf8("blob"))))
                    .isFalse();
        }
    }

    private RemoteRepository repository(DistributionRegistry started) {
        return remote(started, CredentialProvider.anonymous()).repository(new RepositoryName(
                "test/a"));
    }

    private RemoteRegistry remote(DistributionRegistry started, CredentialProvider credentials) {
        return new RemoteRegistry(started.registry(), transport, credentials,
                ClientOptions.DEFAULT);
    }
}
