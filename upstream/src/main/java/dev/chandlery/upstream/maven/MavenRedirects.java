package dev.chandlery.upstream.maven;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.RedactedUri;
import dev.chandlery.upstream.FetchListener;
import dev.chandlery.upstream.FileHashes;
import dev.chandlery.upstream.fetch.Downloads;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.repository.AuthenticationContext;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.spi.connector.transport.http.HttpTransporterException;

/**
 * Reads what a repository redirects, so that each hop is judged by {@code allowed_sources}. The repository's
 * credentials go to its own origin alone.
 */
final class MavenRedirects {
    private final RepositorySystemSession session;
    private final RemoteRepository repository;
    private final Downloads downloads;

    MavenRedirects(RepositorySystemSession session, RemoteRepository repository,
            Downloads downloads) {
        this.session = session;
        this.repository = repository;
        this.downloads = downloads;
    }

    /** Whether Resolver's transport failed as it was sent elsewhere. */
    static boolean isOne(Exception failure) {
        return failure instanceof HttpTransporterException answer && switch (answer
                .getStatusCode()) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    boolean exists(URI uri) {
        return downloads.head(authorized(HttpCall.head(uri), "look for", uri)).isPresent();
    }

    Optional<Bytes> find(URI uri, int limit) {
        return downloads.find(authorized(HttpCall.get(uri), "fetch", uri), limit);
    }

    Optional<FileHashes.Result> download(URI uri, Path file, FetchListener listener) {
        try {
            return Optional.of(downloads.download(authorized(HttpCall.get(uri), "fetch", uri), file,
                    OptionalLong.empty(), listener));
        } catch (ContentNotFoundException _) {
            return Optional.empty();
        }
    }

    private HttpCall authorized(HttpCall call, String verb, URI uri) {
        HttpCall named = call.withAction(verb + " " + RedactedUri.of(uri));
        if (repository.getProxy() != null) {
            throw new TransferException("cannot " + named.action() + ": Maven repository "
                    + repository.getId() + " redirects, and is asked through a proxy: redirects are"
                    + " not followed there; name the place that it leads to as a mirror", null,
                    false);
        }
        try (AuthenticationContext context = AuthenticationContext.forRepository(session,
                repository)) {
            String user = context == null ? null : context.get(AuthenticationContext.USERNAME);
            String password = context == null ? null : context.get(AuthenticationContext.PASSWORD);
            return user == null || password == null
                    ? named
                    : named.withAuthorization("Basic " + Base64.getEncoder()
                            .encodeToString((user + ":" + password).getBytes(
                                    StandardCharsets.UTF_8)));
        }
    }
}
