package dev.chandlery.registry.embedded;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.client.ClientOptions;
import dev.chandlery.oci.client.RemoteRegistry;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.content.Target;
import dev.chandlery.oci.embedded.EmbeddedRegistry;
import dev.chandlery.oci.embedded.RegistryHandle;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.testkit.contract.DeleterContract;
import dev.chandlery.testkit.contract.ReferrersContract;
import dev.chandlery.testkit.contract.TargetContract;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Our client over our registry: no shortcomings. Lists come in pages of seven. */
class EmbeddedRegistryContractTest
        implements
            TargetContract,
            ReferrersContract,
            DeleterContract {
    private static final AtomicInteger REPOSITORIES = new AtomicInteger();
    private static final ClientOptions OPTIONS = ClientOptions.DEFAULT.withLimits(
            new ClientOptions.Limits(1L << 20, 1L << 20, 100, 7));

    @TempDir
    private static Path folder;
    @AutoClose
    private static final HttpTransport TRANSPORT = new HttpTransport(TransportOptions.DEFAULT);
    @AutoClose
    private static RegistryHandle registry;

    private Target repository;

    @BeforeAll
    static void open() {
        registry = EmbeddedRegistry.load().open(folder.resolve("registry"));
    }

    /** One of its own for each test. */
    @BeforeEach
    void newRepository() {
        repository = new RemoteRegistry(registry.registry(), TRANSPORT, CredentialProvider
                .anonymous(), OPTIONS).repository(new RepositoryName("test/r" + REPOSITORIES
                        .incrementAndGet()));
    }

    @Override
    public Target target() {
        return repository;
    }
}
