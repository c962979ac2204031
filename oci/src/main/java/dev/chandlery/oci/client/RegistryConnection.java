package dev.chandlery.oci.client;

import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.ResponseException;
import dev.chandlery.oci.ResponseException.WireError;
import dev.chandlery.oci.UnauthorizedException;
import dev.chandlery.oci.client.auth.Authorizer;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.client.auth.DockerHub;
import dev.chandlery.oci.client.auth.Scope;
import dev.chandlery.oci.concurrent.KeyedLocks;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.Origin;
import dev.chandlery.oci.http.RedactedUri;
import java.net.URI;
import java.util.List;

/** One registry as all endpoints see it: its address, how to send with rights, how to read errors. */
final class RegistryConnection {
    private final Registry registry;
    private final Origin origin;
    private final HttpTransport transport;
    private final Authorizer authorizer;
    private final ClientOptions options;
    private final RegistryTraits traits = new RegistryTraits();
    private final KeyedLocks<String> locks = new KeyedLocks<>();
    private final WrittenLists lists = new WrittenLists();

    RegistryConnection(Registry registry, HttpTransport transport, CredentialProvider credentials,
            ClientOptions options) {
        this.registry = registry;
        this.transport = transport;
        this.options = options;
        Registry service = DockerHub.service(registry);
        boolean plain = switch (options.protection()) {
            case AUTO -> registry.isLoopback();
            case TLS -> false;
            case PLAIN -> true;
        };
        this.origin = new Origin(plain ? "http" : "https", service.host(), service.port());
        this.authorizer = new Authorizer(transport, origin, registry, credentials);
    }

    Registry registry() {
        return registry;
    }

    Origin origin() {
        return origin;
    }

    ClientOptions options() {
        return options;
    }

    /** What the registry was found to do. */
    RegistryTraits traits() {
        return traits;
    }

    /** Order among those who change the same thing of the registry. */
    KeyedLocks<String> locks() {
        return locks;
    }

    /** Lists under fallback tags that were written, until they are looked at again. */
    WrittenLists lists() {
        return lists;
    }

    HttpTransport transport() {
        return transport;
    }

    /** The address of a path of {@link dev.chandlery.oci.api.Endpoints}, with a query or without. */
    URI uri(String path) {
        return URI.create(origin + path);
    }

    /** Sends with the rights of the scope; the caller closes the reply. */
    HttpReply send(HttpCall call, Scope scope) {
        return authorizer.send(call.withNamedOrigin(origin), scope);
    }

    /**
     * Sends a question about what is in a repository. Workaround(Docker Hub): what is absent is answered by
     * 401, unless one asks with the right to create it.
     */
    HttpReply read(HttpCall call, RepositoryName name) {
        HttpReply reply = send(call, Scope.pull(name));
        if (reply.status() != 401 || !authorizer.usesTokens()) {
            return reply;
        }
        reply.close();
        return send(call, Scope.push(name));
    }

    /** The exception for a reply that is no success; reads its body, does not close it. */
    OciException failure(HttpCall call, HttpReply reply) {
        List<WireError> errors = ErrorBody.read(reply);
        ResponseException described = new ResponseException(call.action(), call.method(),
                RedactedUri.of(reply.uri()), reply.status(), errors);
        if (Replies.isLimitOnRates(reply)) {
            return described;
        }
        return switch (reply.status()) {
            case 401, 403 -> new UnauthorizedException(String.valueOf(described.getMessage()));
            case 404 -> isUploadUnknown(described)
                    ? described
                    : new ContentNotFoundException(String.valueOf(described.getMessage()));
            default -> described;
        };
    }

    private static boolean isUploadUnknown(ResponseException answer) {
        return answer.hasCode("BLOB_UPLOAD_UNKNOWN") || answer.hasCode("MANIFEST_BLOB_UNKNOWN");
    }
}
