package dev.chandlery.oci.client;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.UnauthorizedException;
import dev.chandlery.oci.client.auth.Scope;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import dev.chandlery.oci.http.Origin;
import dev.chandlery.oci.http.RedactedUri;
import dev.chandlery.oci.http.RelativeUri;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One upload session of a registry; each answer may move it to another location. Not thread-safe.
 *
 * <p>The location must be on the registry's own origin: neither the blob nor the credentials go
 * elsewhere.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Pushing blobs, end-4a to end-6, end-13, end-14.
 */
final class UploadSession {
    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-(\\d{1,18})");
    private static final Content NOTHING = java.io.InputStream::nullInputStream;

    private final RegistryConnection connection;
    private final Scope scope;
    private final String what;
    private final long minimumChunk;
    private URI location;

    /**
     * @param opened the 202 that opened the session
     * @param call the request that it answered
     * @param scope of all requests of the session
     */
    UploadSession(RegistryConnection connection, HttpReply opened, HttpCall call, Scope scope) {
        this.connection = connection;
        this.scope = scope;
        this.what = call.action();
        this.location = call.uri();
        this.minimumChunk = opened.header("OCI-Chunk-Min-Length")
                .filter(text -> text.matches("\\d{1,12}"))
                .map(Long::parseLong)
                .orElse(0L);
        if (opened.header("Location").isEmpty()) {
            throw new MalformedContentException("cannot " + what
                    + ": the registry opened an upload session without a Location");
        }
        move(opened);
    }

    /** Smallest chunk in bytes that the registry takes, the last one apart; 0 when it does not say. */
    long minimumChunk() {
        return minimumChunk;
    }

    /** Sends the whole blob, or nothing after chunks, and commits it; one attempt. */
    void finish(Digest digest, Content content, long sizeBytes) {
        HttpCall call = call("PUT", withDigest(digest))
                .withBody(content, sizeBytes, MediaType.OCTET_STREAM)
                .withoutRetries();
        try (HttpReply reply = connection.send(call, scope)) {
            if (!reply.isSuccess()) {
                throw connection.failure(call, reply);
            }
            Replies.checkDigest("the registry's answer to: " + what, digest, reply);
        }
    }

    void finish(Descriptor blob) {
        finish(blob.digest(), NOTHING, 0);
    }

    /**
     * Sends one chunk; one attempt.
     *
     * @return the offset that the registry stands at then
     */
    long append(Content chunk, long offset, long sizeBytes) {
        HttpCall call = call("PATCH", location)
                .withHeader("Content-Range", offset + "-" + (offset + sizeBytes - 1))
                .withBody(chunk, sizeBytes, MediaType.OCTET_STREAM)
                .withoutRetries();
        try (HttpReply reply = connection.send(call, scope)) {
            if (!reply.isSuccess()) {
                throw connection.failure(call, reply);
            }
            move(reply);
            return offset(reply).orElse(offset + sizeBytes);
        }
    }

    /** Asks where the registry stands; empty when it does not tell or the session is gone. */
    OptionalLong offset() {
        HttpCall call = call("GET", location);
        try (HttpReply reply = connection.send(call, scope)) {
            if (!reply.isSuccess()) {
                return OptionalLong.empty();
            }
            move(reply);
            return offset(reply);
        }
    }

    /** Tells the registry to forget the session; best effort, as it expires by itself too. */
    void cancel() {
        try (HttpReply reply = connection.send(call("DELETE", location).withoutRetries(), scope)) {
            reply.status();
        } catch (OciException e) {
            // The failure that led here is the one to be told.
        }
    }

    private HttpCall call(String method, URI uri) {
        return HttpCall.of(method, uri).withAction(what).withoutRedirects();
    }

    /** {@code Range: 0-0} is both an empty session and one byte; it is taken for empty. */
    private static OptionalLong offset(HttpReply reply) {
        Matcher range = RANGE.matcher(reply.header("Range").orElse("").strip());
        if (!range.matches()) {
            return OptionalLong.empty();
        }
        long end = Long.parseLong(range.group(1));
        return OptionalLong.of(end == 0 ? 0 : end + 1);
    }

    private URI withDigest(Digest digest) {
        String text = location.toString();
        return URI.create(text + (text.indexOf('?') < 0 ? "?" : "&") + "digest="
                + URLEncoder.encode(digest.toString(), StandardCharsets.UTF_8));
    }

    private void move(HttpReply reply) {
        String text = reply.header("Location").orElse("");
        if (text.isEmpty()) {
            return;
        }
        try {
            URI target = RelativeUri.resolve(location, text);
            Origin origin = Origin.of(target);
            boolean ours = origin.equals(connection.origin());
            if (!ours && !connection.transport().isAllowed(origin)) {
                throw new UnauthorizedException("cannot " + what
                        + ": refused: the registry wants the upload at another address, "
                        + RedactedUri.of(target) + "; allow that origin if it is right");
            }
            location = target;
        } catch (IllegalArgumentException e) {
            throw new MalformedContentException(
                    "cannot " + what + ": the registry's upload Location is no address", e);
        }
    }
}
