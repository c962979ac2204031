package dev.chandlery.upstream.fetch;

import dev.chandlery.config.SecuritySpec;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.ResponseException;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.RedactedUri;
import dev.chandlery.upstream.FileHashes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * Fetches files from upstream's hosts: each hop must be in {@code allowed_sources}, everything has a limit,
 * and bytes are hashed as they come.
 */
public final class Downloads {
    private static final long MAX_ASSET = 16L * 1024 * 1024 * 1024;
    private static final int ATTEMPTS = 4;
    private static final int BUFFER = 64 * 1024;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final HttpTransport transport;
    private final SecuritySpec security;

    /** @param transport stays the caller's to close */
    public Downloads(HttpTransport transport, SecuritySpec security) {
        this.transport = transport;
        this.security = security;
    }

    /** Algorithms whose checksums count as proof. */
    public List<Algorithm> countedAlgorithms() {
        return security.checksumAlgorithms();
    }

    /** Sends a call to upstream; the caller closes the reply, whatever its status. */
    public HttpReply send(HttpCall call) {
        return transport.send(call.withRedirectCheck(this::isAllowed));
    }

    private boolean isAllowed(URI uri) {
        String host = uri.getHost();
        return host != null && security.allowsSource(host.toLowerCase(Locale.ROOT));
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
     */
    public record Head(OptionalLong size) {}

    /** Empty when upstream does not have the file; servers that know no HEAD are taken to have it. */
    public Optional<Head> head(URI uri) {
        HttpCall call = HttpCall.head(uri).withAction("look for " + RedactedUri.of(uri));
        try (HttpReply reply = send(call)) {
            return switch (reply.status()) {
                case NOT_FOUND, GONE -> Optional.empty();
                case 405, 501 -> Optional.of(new Head(OptionalLong.empty()));
                default -> {
                    requireSuccess(call, reply);
                    yield Optional.of(new Head(length(reply)));
                }
            };
        }
    }

    /**
     * Fetches a file; a download that breaks is begun again a few times. On failure no file is left.
     *
     * @param call of the file
     * @param size that upstream states
     * @param progress takes the number of bytes that came since the last call
     * @throws ContentMismatchException when another number of bytes comes
     */
    public FileHashes.Result download(HttpCall call, Path file, OptionalLong size,
            LongConsumer progress) {
        for (int attempt = 1;; attempt++) {
            try {
                return attempt(call, file, size, progress);
            } catch (TransferException e) {
                remove(file, e);
                if (!e.retryable() || attempt == ATTEMPTS) {
                    throw e;
                }
                transport.backOff(call.action(), attempt);
            } catch (RuntimeException e) {
                remove(file, e);
                throw e;
            }
        }
    }

    private FileHashes.Result attempt(HttpCall call, Path file, OptionalLong size,
            LongConsumer progress) {
        try (HttpReply reply = send(call)) {
            if (reply.status() == NOT_FOUND || reply.status() == GONE) {
                throw new ContentNotFoundException("cannot " + call.action()
                        + ": upstream does not have it any more");
            }
            requireSuccess(call, reply);
            OptionalLong length = length(reply);
            requireSize(call, size, length);
            FileHashes.Result hashes = copy(call, reply, file, progress);
            requireSize(call, size.isPresent() ? size : length, OptionalLong.of(hashes.size()));
            return hashes;
        }
    }

    private static FileHashes.Result copy(HttpCall call, HttpReply reply, Path file,
            LongConsumer progress) {
        FileHashes hashes = new FileHashes();
        byte[] buffer = new byte[BUFFER];
        long total = 0;
        try (OutputStream out = create(file)) {
            InputStream in = reply.body();
            for (int n = read(call, in, buffer); n >= 0; n = read(call, in, buffer)) {
                total += n;
                if (total > MAX_ASSET) {
                    throw new LimitExceededException("cannot " + call.action() + ": more than "
                            + MAX_ASSET + " bytes");
                }
                out.write(buffer, 0, n);
                hashes.update(ByteBuffer.wrap(buffer, 0, n));
                progress.accept(n);
            }
            return hashes.finish();
        } catch (IOException e) {
            throw new StorageException("cannot write " + file + ": " + e, e);
        }
    }

    private static OutputStream create(Path file) throws IOException {
        return Files.newOutputStream(file);
    }

    private static int read(HttpCall call, InputStream in, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new TransferException("cannot " + call.action() + ": the download broke: " + e
                    .getMessage(), e, true);
        }
    }

    private static void requireSize(HttpCall call, OptionalLong expected, OptionalLong actual) {
        if (expected.isPresent() && actual.isPresent() && expected.getAsLong() != actual
                .getAsLong()) {
            throw new ContentMismatchException("what came when trying to " + call.action(), expected
                    .getAsLong() + " bytes", actual.getAsLong() + " bytes");
        }
    }

    private static OptionalLong length(HttpReply reply) {
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
