package dev.chandlery.oci.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.UnsupportedFeatureException;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.oci.client.auth.Scope;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import dev.chandlery.oci.json.LenientJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Lists tags and repositories.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Listing Tags, end-8; {@code _catalog} of the distribution
 * project.
 */
final class NameLists {
    private final RegistryConnection connection;

    NameLists(RegistryConnection connection) {
        this.connection = connection;
    }

    /** A repository that is not there has no tags. */
    Stream<Tag> tags(RepositoryName name) {
        String action = "list tags of " + connection.registry() + "/" + name;
        ListEnd<Tag> end = new ListEnd<>(connection.uri(Endpoints.tags(name)), connection);
        return Pages.stream(end.first(), uri -> {
            HttpCall call = HttpCall.get(uri).withAction(action);
            try (HttpReply reply = connection.read(call, name)) {
                return (reply.status() == 404 && uri.equals(end.first()))
                        || end.isRefused(uri, reply.status())
                                ? new Page<Tag>(List.of(), Optional.empty())
                                : end.smaller(uri, reply.status())
                                        .orElseGet(() -> end.checked(uri, read(call, reply, "tags",
                                                Tag::new)));
            }
        }, connection.options().limits().pages());
    }

    Stream<RepositoryName> repositories() {
        String action = "list repositories of " + connection.registry();
        ListEnd<RepositoryName> end = new ListEnd<>(connection.uri(Endpoints.CATALOG), connection);
        return Pages.stream(end.first(), uri -> {
            HttpCall call = HttpCall.get(uri).withAction(action);
            try (HttpReply reply = connection.send(call, Scope.CATALOG)) {
                if (end.isRefused(uri, reply.status())) {
                    return new Page<RepositoryName>(List.of(), Optional.empty());
                }
                if (reply.status() == 404 || reply.status() == 405) {
                    throw new UnsupportedFeatureException(
                            "cannot " + action + ": the registry does not list them");
                }
                return end.smaller(uri, reply.status())
                        .orElseGet(() -> end.checked(uri, read(call, reply, "repositories",
                                RepositoryName::new)));
            }
        }, connection.options().limits().pages());
    }

    private <T> Page<T> read(HttpCall call, HttpReply reply, String field,
            Function<String, T> parse) {
        if (!reply.isSuccess()) {
            throw connection.failure(call, reply);
        }
        JsonNode body = LenientJson.read("the answer to: " + call.action(),
                reply.bytes(connection.options().limits().pageBytes()));
        JsonNode list = body.path(field);
        boolean none = body.isObject() && (list.isNull() || list.isMissingNode());
        if (!none && !list.isArray()) {
            throw new MalformedContentException("cannot " + call.action()
                    + ": expected a list of " + field + " in the answer");
        }
        List<T> items = new ArrayList<>();
        for (JsonNode item : list) {
            try {
                items.add(parse.apply(item.isTextual() ? item.textValue() : ""));
            } catch (InvalidReferenceException e) {
                throw new MalformedContentException("cannot " + call.action()
                        + ": the registry lists what is no name: " + e.getMessage(), e);
            }
        }
        return Page.of(items, reply);
    }
}
