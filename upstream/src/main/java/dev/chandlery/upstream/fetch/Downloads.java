package dev.chandlery.upstream.fetch;

import dev.chandlery.config.security.SecuritySpec;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ResponseException;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.RedactedUri;
import dev.chandlery.upstream.FetchListener;
import dev.chandlery.upstream.FileHashes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/**
 * Fetches files from upstream's hosts: each hop must be in {@code allowed_sources}, everything has a limit,
 * and bytes are hashed as they come.
 */
public final class Downloads {
    private static final int ATTEMPTS = 6;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final HttpTransport transport;
    private final SecuritySpec security;
    private final DownloadLimits limits;
    private final Semaphore extraConnections;

    /** @param transport stays the caller's to close */
    public Downloads(HttpTransport transport, SecuritySpec security) {
        this(transport, security, DownloadLimits.DEFAULT);
    }

    Downloads(HttpTransport transport, SecuritySpec security, DownloadLimits limits) {
        this.transport = transport;
        this.security = security;
        this.limits = limits;
        this.extraConnections = new Semaphore(limits.extraConnections());
    }

    /** Sends a call to upstream; the caller closes the reply, whatever its status. */
    public HttpReply send(HttpCall call) {
        return transport.send(call.withRedirectCheck(uri -> requireAllowed(call, uri)));
    }

    private boolean requireAllowed(HttpCall call, URI uri) {
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !security.allowsSource(host)) {
            throw new UntrustedContentException("cannot " + call.action() + ": " + host
                    + " is not in security.allowed_sources");
        }
        return true;
    }

    /** A small file; empty when upstream does not have it. */
    public Optional<Bytes> find(HttpCall call, long limit) {
        try (HttpReply reply = send(call)) {
            if (reply.status() == NOT_FOUND || reply.status() == GONE) {
                return Optional.empty();
            }
            requireSuccess(call, reply);
            return Optional.of(reply.bytes(limit));
        }
    }

    /**
     * What upstream says of a file without sending it.
     *
     * @param size in bytes; empty when it is not said
     * @param entityTag a strong one; empty when there is none
     */
    public record Head(OptionalLong size, Optional<String> entityTag) {}

    /** Empty when upstream does not have the file; servers that know no HEAD are taken to have it. */
    public Optional<Head> head(URI uri) {
        return head(HttpCall.head(uri).withAction("look for " + RedactedUri.of(uri)));
    }

    /** As {@link #head(URI)}, by a call of that method. */
    public Optional<Head> head(HttpCall call) {
        try (HttpReply reply = send(call)) {
            return switch (reply.status()) {
                case NOT_FOUND, GONE -> Optional.empty();
                case 405, 501 -> Optional.of(new Head(OptionalLong.empty(), Optional
                        .empty()));
                default -> {
                    requireSuccess(call, reply);
                    yield Optional.of(new Head(length(reply), ByteRange.strongTag(reply)));
                }
            };
        }
    }

    /**
     * Fetches a file. A download that breaks goes on where it broke, a few times; a large one comes by several
     * connections where the server allows it. On failure no file is left.
     *
     * @param call of the file
     * @param size that upstream states
     * @param listener is told how it goes
     * @throws ContentMismatchException when another number of bytes comes
     */
    public FileHashes.Result download(HttpCall call, Path file, OptionalLong size,
            FetchListener listener) {
        try (TransferFile into = TransferFile.create(file, listener)) {
            FileHashes.Result hashes = download(new Transfer(this, call, into, size), call);
            into.end(hashes.size());
            return hashes;
        } catch (RuntimeException e) {
            remove(file, e);
            throw e;
        }
    }

    private FileHashes.Result download(Transfer transfer, HttpCall call) {
        Patience patience = new Patience(ATTEMPTS);
        while (true) {
            try {
                return transfer.attempt();
            } catch (TransferException e) {
                backOff(call, patience.failed(e, transfer.answered()));
            }
        }
    }

    void backOff(HttpCall call, int attempt) {
        transport.backOff(call.action(), attempt);
    }

    DownloadLimits limits() {
        return limits;
    }

    /** As many connections beside the first as one file may have now; to be given back. */
    int borrowConnections() {
        int borrowed = 0;
        while (borrowed < limits.connections() - 1 && extraConnections.tryAcquire()) {
            borrowed++;
        }
        return borrowed;
    }

    void giveBack(int connections) {
        extraConnections.release(connections);
    }

    static OptionalLong length(HttpReply reply) {
        String text = reply.header("Content-Length").orElse("");
        return text.matches("\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong
                        .empty();
    }

    /** Throws what a status other than success means. */
    public static void requireSuccess(HttpCall call, HttpReply reply) {
        if (!reply.isSuccess()) {
            throw new ResponseException(call.action(), call.method(), RedactedUri.of(reply.uri()),
                    reply.status(), List.of());
        }
    }

    private static void remove(Path file, RuntimeException failure) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
