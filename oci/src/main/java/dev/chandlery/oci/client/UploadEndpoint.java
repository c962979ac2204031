package dev.chandlery.oci.client;

import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.UnauthorizedException;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.oci.client.auth.Scope;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Pushed;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Opens upload sessions in one repository, and mounts. What a registry does not do is noted in its
 * {@link RegistryTraits} and not tried again.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Pushing blobs, end-4a, end-4b; Mounting a blob, end-11.
 */
final class UploadEndpoint {
    private static final int UNAUTHORIZED = 401;

    private final RegistryConnection connection;
    private final RegistryTraits traits;
    private final RepositoryName name;

    UploadEndpoint(RegistryConnection connection, RepositoryName name) {
        this.connection = connection;
        this.traits = connection.traits();
        this.name = name;
    }

    /** A session, as all registries open it. */
    UploadSession begin(Descriptor blob) {
        HttpCall call = opening("", push(blob));
        Scope scope = Scope.push(name);
        try (HttpReply reply = connection.send(call, scope)) {
            if (reply.status() != 202 && reply.status() != 201) {
                throw mustBeCreated(connection.failure(call, reply));
            }
            return new UploadSession(connection, reply, call, scope);
        } catch (TransferException e) {
            throw mustBeCreated(e);
        }
    }

    /**
     * Takes the blob over from another repository, or opens a session for it; empty when the registry wants
     * to be asked in another way.
     */
    Optional<Opening> mountOrOpen(Descriptor blob, RepositoryName from) {
        if (!traits.mayMount(from)) {
            return Optional.empty();
        }
        return tried(mounting(blob, from), Scope.push(name).and(Scope.pull(from)), blob,
                Pushed.MOUNTED, status -> {
                    if (status == 405 || status == 501) {
                        traits.refusesMounts();
                    } else {
                        traits.refusesMount(from);
                    }
                });
    }

    /** Whether the blob is there, or else a session for it; empty when both must be asked for apart. */
    Optional<Opening> ask(Descriptor blob) {
        return traits.maySelfMount()
                ? tried(mounting(blob, name), Scope.push(name), blob, Pushed.PRESENT,
                        status -> {
                            if (!tellsOfRepository(status)) {
                                traits.refusesSelfMount();
                            }
                        })
                : Optional.empty();
    }

    /** Sends a small blob at once, or opens a session for it; empty when the registry takes neither. */
    Optional<Opening> post(Descriptor blob, Content content) {
        HttpCall call = opening("?digest=" + encode(blob.digest().toString()), push(blob))
                .withBody(content, blob.size(), MediaType.OCTET_STREAM)
                .withoutRetries();
        Optional<Opening> opening = tried(call, Scope.push(name), blob, Pushed.SENT,
                status -> {
                    if (!tellsOfRepository(status)) {
                        traits.singlePost(false);
                    }
                });
        opening.ifPresent(o -> traits.singlePost(o instanceof Opening.There));
        return opening;
    }

    /** Whether the blob was mounted; a session that was opened instead is cancelled. */
    boolean mount(Descriptor blob, RepositoryName from) {
        return mountOrOpen(blob, from).map(opening -> switch (opening) {
            case Opening.There _ -> true;
            case Opening.Open(UploadSession session) -> {
                session.cancel();
                yield false;
            }
        }).orElse(false);
    }

    /**
     * The one request that may do. Registries refuse it by 202 with a session, or by 400, 401, 403, 404,
     * 405, 500; those that are busy, or break, are not judged by it.
     *
     * @param refused told of the status of another kind
     */
    private Optional<Opening> tried(HttpCall call, Scope scope, Descriptor blob, Pushed done,
            IntConsumer refused) {
        try (HttpReply reply = connection.send(call, scope)) {
            return switch (reply.status()) {
                case 201 -> {
                    Replies.checkDigest("the registry's answer to: " + call.action(),
                            blob.digest(), reply);
                    yield Optional.of(new Opening.There(done));
                }
                case 202 -> Optional.of(new Opening.Open(new UploadSession(connection, reply,
                        call.withAction(push(blob)), scope)));
                case 408, 429, 502, 503, 504 -> Optional.empty();
                default -> {
                    if (!Replies.isLimitOnRates(reply)) {
                        refused.accept(reply.status());
                    }
                    yield Optional.empty();
                }
            };
        } catch (TransferException e) {
            return Optional.empty();
        } catch (UnauthorizedException e) {
            // The token server gave none for this scope, or the session is where we do not go.
            refused.accept(UNAUTHORIZED);
            return Optional.empty();
        } catch (ContentMismatchException e) {
            refused.accept(201);
            return Optional.empty();
        }
    }

    private HttpCall mounting(Descriptor blob, RepositoryName from) {
        return opening("?mount=" + encode(blob.digest().toString()) + "&from="
                + encode(from.value()),
                "mount blob " + blob.digest() + " from " + from + " in " + where())
                .withoutRetries();
    }

    private HttpCall opening(String query, String action) {
        URI uri = connection.uri(Endpoints.uploads(name) + query);
        return HttpCall.of("POST", uri).withAction(action).withoutRedirects();
    }

    /** Rights and existence say nothing about what the registry does elsewhere. */
    private static boolean tellsOfRepository(int status) {
        return status == UNAUTHORIZED || status == 403 || status == 404;
    }

    /** Workaround(ECR): it has no such repository, and answers so or ends the connection. */
    private OciException mustBeCreated(OciException failure) {
        String said = failure.getMessage();
        String hint = said + "; if the repository " + where()
                + " is not there yet, create it first: this registry does not do it by a push";
        return switch (failure) {
            case ContentNotFoundException _ -> new ContentNotFoundException(hint);
            case TransferException broken when connection.registry()
                    .host()
                    .endsWith(".amazonaws.com") -> new TransferException(hint, broken,
                            broken.retryable());
            default -> failure;
        };
    }

    private String push(Descriptor blob) {
        return "push blob " + blob.digest() + " to " + where();
    }

    private String where() {
        return connection.registry() + "/" + name;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
