package dev.chandlery.oci.client;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Opens upload sessions in one repository, and mounts.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Pushing blobs, end-4a; Mounting a blob, end-11.
 */
final class UploadEndpoint {
    private final RegistryConnection connection;
    private final RepositoryName name;

    UploadEndpoint(RegistryConnection connection, RepositoryName name) {
        this.connection = connection;
        this.name = name;
    }

    UploadSession begin(Descriptor blob) {
        HttpCall call = HttpCall.of("POST", connection.uri(name + "/blobs/uploads/"))
                .withAction("push blob " + blob.digest() + " to " + where())
                .withoutRedirects();
        Scope scope = Scope.push(name);
        try (HttpReply reply = connection.send(call, scope)) {
            if (reply.status() != 202 && reply.status() != 201) {
                throw connection.failure(call, reply);
            }
            return new UploadSession(connection, reply, call, scope);
        }
    }

    /**
     * Whether the blob was mounted. Registries refuse in many ways (202, 400, 403, 405, 500), so whatever
     * is not 201 means that it was not; a session that was opened instead is cancelled.
     */
    boolean mount(Descriptor blob, RepositoryName from) {
        String query = "?mount=" + encode(blob.digest().toString()) + "&from="
                + encode(from.value());
        HttpCall call = HttpCall.of("POST", connection.uri(name + "/blobs/uploads/" + query))
                .withAction("mount blob " + blob.digest() + " from " + from + " in " + where())
                .withoutRedirects()
                .withoutRetries();
        Scope scope = Scope.push(name).and(Scope.pull(from));
        try (HttpReply reply = connection.send(call, scope)) {
            if (reply.status() == 202) {
                new UploadSession(connection, reply, call, scope).cancel();
            }
            Replies.checkDigest("the registry's answer to: " + call.action(), blob.digest(), reply);
            return reply.status() == 201;
        } catch (OperationCancelledException | TransferException e) {
            throw e;
        } catch (OciException e) {
            return false;
        }
    }

    private String where() {
        return connection.registry() + "/" + name;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
