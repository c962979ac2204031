package dev.chandlery.oci.client;

import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.oci.client.auth.Scope;
import dev.chandlery.oci.content.VerifyingStream;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * Reads the blobs of one repository.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Pulling blobs, end-2.
 */
final class BlobEndpoint {
    private final RegistryConnection connection;
    private final RepositoryName name;

    BlobEndpoint(RegistryConnection connection, RepositoryName name) {
        this.connection = connection;
        this.name = name;
    }

    boolean exists(Descriptor blob) {
        HttpCall call = call("HEAD", blob, "look for");
        try (HttpReply reply = connection.read(call, name)) {
            if (reply.status() == 404) {
                return false;
            }
            if (reply.isSuccess()) {
                return true;
            }
            throw connection.failure(call, reply);
        }
    }

    /** A verified stream that goes on by itself after a break; the caller closes it. */
    InputStream fetch(Descriptor blob) {
        ResumingStream resuming = new ResumingStream(offset -> open(blob, offset), blob.size(),
                connection.options().attempts());
        try {
            resuming.begin();
        } catch (RuntimeException e) {
            resuming.close();
            throw e;
        }
        return new VerifyingStream(resuming, blob, where(blob), false);
    }

    /** Opens the blob at an offset, or at its start when the registry cannot do ranges. */
    private ResumingStream.Piece open(Descriptor blob, long offset) {
        HttpCall call = call("GET", blob, "fetch");
        HttpCall ranged = offset == 0
                ? call
                : call.withHeader("Range", "bytes=" + offset + "-");
        HttpReply reply = connection.send(ranged, Scope.pull(name));
        try {
            if (offset > 0 && reply.status() == 416) {
                throw new ContentMismatchException(where(blob), blob.size() + " bytes",
                        offset + " bytes");
            }
            if (!reply.isSuccess()) {
                throw connection.failure(call, reply);
            }
            boolean partial = reply.status() == 206;
            if (partial && !startsAt(reply, offset)) {
                throw new ContentMismatchException(where(blob), "bytes from " + offset,
                        reply.header("Content-Range").orElse("no Content-Range"));
            }
            long start = partial ? offset : 0;
            checkLength(blob, reply, start);
            return new ResumingStream.Piece(reply, start, call.action());
        } catch (RuntimeException e) {
            reply.close();
            throw e;
        }
    }

    private static boolean startsAt(HttpReply reply, long offset) {
        return reply.header("Content-Range")
                .filter(r -> r.startsWith("bytes " + offset + "-"))
                .isPresent();
    }

    /** A length that cannot be right is told before a byte is read. */
    private void checkLength(Descriptor blob, HttpReply reply, long start) {
        OptionalLong length = Replies.contentLength(reply);
        if (length.isPresent() && length.getAsLong() != blob.size() - start) {
            throw new ContentMismatchException(where(blob), blob.size() + " bytes",
                    start + length.getAsLong() + " bytes");
        }
    }

    private HttpCall call(String method, Descriptor blob, String verb) {
        return HttpCall.of(method, connection.uri(Endpoints.blob(name, blob.digest())))
                .withAction(verb + " " + where(blob));
    }

    private String where(Descriptor blob) {
        return "blob " + blob.digest() + " in " + connection.registry() + "/" + name;
    }
}
