package dev.chandlery.upstream.maven;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.UnsupportedFeatureException;
import dev.chandlery.upstream.FetchListener;
import dev.chandlery.upstream.FileHashes;
import dev.chandlery.upstream.fetch.Downloads;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.spi.connector.transport.GetTask;
import org.eclipse.aether.spi.connector.transport.PeekTask;
import org.eclipse.aether.spi.connector.transport.TransportListener;
import org.eclipse.aether.spi.connector.transport.Transporter;
import org.eclipse.aether.spi.connector.transport.TransporterProvider;
import org.eclipse.aether.transfer.NoTransporterException;
import org.eclipse.aether.transfer.TransferCancelledException;

/**
 * One repository; paths are relative to its URL. Resolver's transport reads it, but follows no redirect: it
 * would go anywhere. Where a repository redirects, {@link MavenRedirects} reads the file, hop by hop.
 */
final class MavenRepository implements AutoCloseable {
    /** Resolver wants to know one, and never writes to it as long as we only use its transport. */
    static final Path NO_LOCAL_REPOSITORY = Path.of(System.getProperty("java.io.tmpdir"),
            "chandlery-has-no-local-repository");

    private final RemoteRepository repository;
    private final Transporter transporter;
    private final MavenRedirects redirects;

    private MavenRepository(RemoteRepository repository, Transporter transporter,
            MavenRedirects redirects) {
        this.repository = repository;
        this.transporter = transporter;
        this.redirects = redirects;
    }

    /** @param downloads for what the repository redirects */
    static MavenRepository open(TransporterProvider provider, RepositorySystemSession session,
            RemoteRepository repository, Downloads downloads) {
        try {
            return new MavenRepository(repository, provider.newTransporter(session, repository),
                    new MavenRedirects(session, repository, downloads));
        } catch (NoTransporterException e) {
            throw new UnsupportedFeatureException("cannot read Maven repository " + repository
                    .getId() + ": its protocol \"" + repository.getProtocol()
                    + "\" is not supported");
        }
    }

    /** Host name that files come from; empty for a folder. */
    String host() {
        return repository.getHost();
    }

    URI uri(String path) {
        String base = repository.getUrl();
        return URI.create((base.endsWith("/") ? base : base + "/") + path);
    }

    boolean exists(String path) {
        try {
            transporter.peek(new PeekTask(URI.create(path)));
            return true;
        } catch (Exception e) {
            if (MavenRedirects.isOne(e)) {
                return redirects.exists(uri(path));
            }
            if (transporter.classify(e) == Transporter.ERROR_NOT_FOUND) {
                return false;
            }
            throw failure("look for " + path, e);
        }
    }

    /** A small file; empty when it is not there. */
    Optional<Bytes> find(String path, int limit) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return switch (get(new GetTask(URI.create(path)), path, limit, data -> {
            byte[] part = new byte[data.remaining()];
            data.get(part);
            bytes.writeBytes(part);
        })) {
            case READ -> Optional.of(Bytes.of(bytes.toByteArray()));
            case ABSENT -> Optional.empty();
            case REDIRECTED -> redirects.find(uri(path), limit);
        };
    }

    /**
     * Fetches a file, and tells its hashes; empty when it is not there.
     *
     * @param listener is told how it goes
     */
    Optional<FileHashes.Result> download(String path, Path file, long limit,
            FetchListener listener) {
        FileHashes hashes = new FileHashes();
        return switch (get(new GetTask(URI.create(path)).setDataPath(file), path, limit, data -> {
            hashes.update(data);
            listener.came(data.remaining());
        })) {
            case READ -> Optional.of(hashes.finish());
            case ABSENT -> Optional.empty();
            case REDIRECTED -> redirects.download(uri(path), file, listener);
        };
    }

    /** How an attempt to read a file ended. */
    private enum Attempt {
        READ, ABSENT, REDIRECTED
    }

    /** Takes the bytes of a file as they come; what a consumer throws ends the transfer. */
    private interface Sink {
        void accept(ByteBuffer data);
    }

    private Attempt get(GetTask task, String path, long limit, Sink sink) {
        Counter counter = new Counter(limit, sink);
        try {
            transporter.get(task.setListener(counter));
            return Attempt.READ;
        } catch (TransferCancelledException _) {
            throw new LimitExceededException("cannot fetch " + path + " from " + this
                    + ": more than " + limit + " bytes");
        } catch (Exception e) {
            if (MavenRedirects.isOne(e)) {
                return Attempt.REDIRECTED;
            }
            if (transporter.classify(e) == Transporter.ERROR_NOT_FOUND) {
                return Attempt.ABSENT;
            }
            throw failure("fetch " + path, e);
        }
    }

    private TransferException failure(String action, Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String reason = cause instanceof java.net.UnknownHostException
                ? "unknown host"
                : String.valueOf(cause.getMessage());
        return new TransferException("cannot " + action + " in Maven repository " + this + ": "
                + reason, e, false);
    }

    @Override
    public void close() {
        transporter.close();
    }

    /** Its id and host, as users know it; never its URL, which may hold credentials. */
    @Override
    public String toString() {
        return repository.getHost().isEmpty()
                ? repository.getId()
                : repository.getId() + " at " + repository.getHost();
    }

    /** Counts against the limit and passes on. */
    private static final class Counter extends TransportListener {
        private final long limit;
        private final Sink sink;
        private long count;

        Counter(long limit, Sink sink) {
            this.limit = limit;
            this.sink = sink;
        }

        @Override
        public void transportStarted(long offset, long length) throws TransferCancelledException {
            if (length > limit) {
                throw new TransferCancelledException("too large");
            }
        }

        @Override
        public void transportProgressed(ByteBuffer data) throws TransferCancelledException {
            count += data.remaining();
            if (count > limit) {
                throw new TransferCancelledException("too large");
            }
            sink.accept(data);
        }
    }
}
