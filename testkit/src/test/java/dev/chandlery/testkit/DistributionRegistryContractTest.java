package dev.chandlery.testkit;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.client.ClientOptions;
import dev.chandlery.oci.client.RemoteRegistry;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.content.Target;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.oci.http.TransportOptions.RetryPolicy;
import dev.chandlery.testkit.contract.DeleterContract;
import dev.chandlery.testkit.contract.ReferrersContract;
import dev.chandlery.testkit.contract.TargetContract;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Our client over a registry that is not ours. */
class DistributionRegistryContractTest
        implements
            TargetContract,
            ReferrersContract,
            DeleterContract {
    private static final AtomicInteger REPOSITORIES = new AtomicInteger();

    /** Patient, as distribution answers with 500 while it writes what is asked for, for longer on a busy machine. */
    @AutoClose
    private static final HttpTransport TRANSPORT = new HttpTransport(TransportOptions.DEFAULT
            .withRetry(new RetryPolicy(8, Duration.ofMillis(40), Duration.ofSeconds(2), Duration
                    .ofSeconds(2))));
    @AutoClose
    private static DistributionRegistry registry;

    private Target repository;

    @BeforeAll
    static void start() {
        registry = DistributionRegistry.start(RegistryOptions.OPEN);
    }

    /** One of its own for each test. */
    @BeforeEach
    void newRepository() {
        repository = new RemoteRegistry(registry.registry(), TRANSPORT, CredentialProvider
                .anonymous(), ClientOptions.DEFAULT).repository(new RepositoryName("test/r"
                        + REPOSITORIES.incrementAndGet()));
    }

    @Override
    public Target target() {
        return repository;
    }

    /** Of version 2.8: a SHA-512 is answered with a SHA-256, tags are neither sorted nor deleted; links are not replaced at once. */
    @Override
    public Set<Shortcoming> shortcomings() {
        return Set.of(Shortcoming.NO_SHA512, Shortcoming.NO_UNTAG,
                Shortcoming.UNSORTED_TAGS, Shortcoming.BLOB_AS_MANIFEST_FAILS,
                Shortcoming.RESENT_BLOB_IS_AWAY);
    }
}
