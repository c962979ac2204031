package dev.chandlery.oci.client;

import dev.chandlery.oci.Registry;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.client.auth.DockerHub;
import dev.chandlery.oci.client.auth.Scope;
import dev.chandlery.oci.content.RepositoryLister;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import dev.chandlery.oci.http.HttpTransport;
import java.util.Optional;

/**
 * A registry that speaks OCI Distribution v1.1 over HTTP. Nothing is sent before the first call.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class RemoteRegistry {
    private final RegistryConnection connection;

    /**
     * @param registry as the user names it; Docker Hub's names are understood
     * @param transport stays the caller's to close
     * @param credentials asked when the registry wants some
     */
    public RemoteRegistry(Registry registry, HttpTransport transport,
            CredentialProvider credentials, ClientOptions options) {
        this.connection = new RegistryConnection(registry, transport, credentials, options);
    }

    /**
     * Asks whether the registry is there and speaks our protocol.
     *
     * <p><b>Spec:</b> distribution-spec v1.1.1, end-1.
     *
     * @throws dev.chandlery.oci.UnauthorizedException when it wants other credentials
     * @throws dev.chandlery.oci.TransferException when it cannot be reached
     */
    public void ping() {
        HttpCall call = HttpCall.get(connection.uri(Endpoints.ROOT))
                .withAction("reach registry " + connection.registry());
        try (HttpReply reply = connection.send(call, Scope.NONE)) {
            if (!reply.isSuccess()) {
                throw connection.failure(call, reply);
            }
        }
    }

    /** Lists repositories, where the registry does; that shows when the stream is read. */
    public Optional<RepositoryLister> repositoryLister() {
        return Optional.of(() -> new NameLists(connection).repositories());
    }

    /** A repository, whether it exists or not. */
    public RemoteRepository repository(RepositoryName name) {
        return new RemoteRepository(connection, DockerHub.repository(connection.registry(), name));
    }

    @Override
    public String toString() {
        return connection.registry().toString();
    }
}
