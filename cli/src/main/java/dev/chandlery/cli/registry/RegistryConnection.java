package dev.chandlery.cli.registry;

import dev.chandlery.config.endpoint.EndpointSpec;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.client.ClientOptions;
import dev.chandlery.oci.client.RemoteRegistry;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.embedded.EmbeddedRegistry;
import dev.chandlery.oci.embedded.RegistryHandle;
import dev.chandlery.oci.http.HttpTransport;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The registry that an entry of registry.yaml names, ready for requests. An embedded one is started, or
 * found running; closing ends it if it was started here.
 */
public final class RegistryConnection implements AutoCloseable {

    /** What the caller is going to do. */
    public enum Access {
        /** Nothing is written, not even a lock. */
        READ_ONLY, READ_WRITE
    }

    private final RemoteRegistry client;
    private final Registry registry;
    private final Optional<RepositoryName> namespace;
    private final @Nullable RegistryHandle embedded;

    private RegistryConnection(RemoteRegistry client, Registry registry,
            Optional<RepositoryName> namespace, @Nullable RegistryHandle embedded) {
        this.client = client;
        this.registry = registry;
        this.namespace = namespace;
        this.embedded = embedded;
    }

    /**
     * Opens the registry; an embedded one is asked for, a remote one is not yet spoken to.
     *
     * @param transport stays the caller's to close
     */
    public static RegistryConnection open(EndpointSpec endpoint, Access access,
            HttpTransport transport, CredentialProvider credentials) {
        return endpoint.embedded()
                ? embedded(endpoint, access, transport, credentials)
                : remote(endpoint, transport, credentials);
    }

    private static RegistryConnection remote(EndpointSpec endpoint, HttpTransport transport,
            CredentialProvider credentials) {
        Registry registry = endpoint.registry().orElseThrow();
        ClientOptions options = ClientOptions.DEFAULT.withPlainHttp(endpoint.plainHttp());
        RemoteRegistry client = new RemoteRegistry(registry, transport, credentials, options);
        return new RegistryConnection(client, registry, endpoint.namespace(), null);
    }

    private static RegistryConnection embedded(EndpointSpec endpoint, Access access,
            HttpTransport transport, CredentialProvider credentials) {
        EmbeddedRegistry service = EmbeddedRegistry.load();
        RegistryHandle handle = switch (access) {
            case READ_ONLY -> service.openReadOnly(endpoint.storage());
            case READ_WRITE -> service.open(endpoint.storage());
        };
        Registry registry = handle.registry();
        ClientOptions options = ClientOptions.DEFAULT.withPlainHttp(true);
        RemoteRegistry client = new RemoteRegistry(registry, transport, credentials, options);
        return new RegistryConnection(client, registry, endpoint.namespace(), handle);
    }

    public RemoteRegistry client() {
        return client;
    }

    /** Host and port; for an embedded registry those of this run. */
    public Registry registry() {
        return registry;
    }

    /** The full name of a path below the configured namespace. */
    public RepositoryName name(String path) {
        return namespace.map(n -> n.resolve(path)).orElseGet(() -> new RepositoryName(path));
    }

    public RemoteRepository repository(String path) {
        return client.repository(name(path));
    }

    /** Also of an interrupted thread in good order: an embedded registry has a database to close. */
    @Override
    public void close() {
        if (embedded == null) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            embedded.close();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
