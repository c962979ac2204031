package dev.chandlery.oci.client;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.UnsupportedFeatureException;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.oci.client.auth.Scope;
import dev.chandlery.oci.content.Deleter;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;

/**
 * Deletes in one repository.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Content Management, end-9 and end-10.
 */
final class RemoteDeleter implements Deleter {
    private final RegistryConnection connection;
    private final RepositoryName name;
    private final ReferrersFallback fallback;

    RemoteDeleter(RegistryConnection connection, RepositoryName name, ReferrersFallback fallback) {
        this.connection = connection;
        this.name = name;
        this.fallback = fallback;
    }

    @Override
    public void delete(Descriptor descriptor) {
        if (descriptor.mediaType().isManifest()) {
            Runnable unlink = fallback.unlinking(descriptor);
            send(Endpoints.manifest(name, descriptor.digest()), "manifest " + descriptor.digest());
            unlink.run();
        } else {
            send(Endpoints.blob(name, descriptor.digest()), "blob " + descriptor.digest());
        }
    }

    @Override
    public void untag(Tag tag) {
        send(Endpoints.manifest(name, tag), "tag " + tag);
    }

    /** What is not there is gone; 400 and 405 say that the registry does not delete. */
    private void send(String path, String what) {
        HttpCall call = HttpCall.of("DELETE", connection.uri(path))
                .withAction("delete " + what + " in " + connection.registry() + "/" + name)
                .withoutRedirects();
        try (HttpReply reply = connection.send(call, Scope.delete(name))) {
            switch (reply.status()) {
                case 404 -> {
                    return;
                }
                case 400, 405 -> throw new UnsupportedFeatureException("cannot " + call.action()
                        + ": the registry does not allow deletes (" + reply.status() + ")");
                default -> {
                    if (!reply.isSuccess()) {
                        throw connection.failure(call, reply);
                    }
                }
            }
        }
    }
}
