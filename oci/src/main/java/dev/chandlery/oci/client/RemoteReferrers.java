package dev.chandlery.oci.client;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.oci.content.ReferrerLister;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import dev.chandlery.oci.json.ManifestReader;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lists referrers by the API, and under the fallback tag where there is none. A filter is always applied
 * again, as registries may pass over it.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Listing Referrers, end-12.
 */
final class RemoteReferrers implements ReferrerLister {
    private final RegistryConnection connection;
    private final RepositoryName name;
    private final ReferrersFallback fallback;

    RemoteReferrers(RegistryConnection connection, RepositoryName name,
            ReferrersFallback fallback) {
        this.connection = connection;
        this.name = name;
        this.fallback = fallback;
    }

    @Override
    public Stream<Descriptor> referrers(Digest subject) {
        return list(subject, "");
    }

    @Override
    public Stream<Descriptor> referrers(Digest subject, MediaType artifactType) {
        String query = "?artifactType=" + URLEncoder.encode(artifactType.value(),
                StandardCharsets.UTF_8);
        return list(subject, query).filter(d -> artifactType.equals(d.artifactType()));
    }

    private Stream<Descriptor> list(Digest subject, String query) {
        URI first = URI.create(connection.origin() + Endpoints.referrers(name, subject) + query);
        return Pages.stream(first, uri -> page(uri, subject, uri.equals(first)),
                connection.options().limits().pages());
    }

    private Page<Descriptor> page(URI uri, Digest subject, boolean first) {
        HttpCall call = HttpCall.get(uri)
                .withHeader("Accept", MediaType.IMAGE_INDEX.value())
                .withAction("list referrers of " + subject + " in " + connection.registry() + "/"
                        + name);
        try (HttpReply reply = send(call)) {
            if (first && (hasNoApi(reply.status()) || isOtherPage(reply))) {
                return new Page<>(fallback.list(subject), Optional.empty());
            }
            if (!reply.isSuccess()) {
                throw connection.failure(call, reply);
            }
            Bytes raw = reply.bytes(connection.options().limits().pageBytes());
            List<Descriptor> listed = ManifestReader.read(raw, MediaType.IMAGE_INDEX)
                    .manifest() instanceof ImageIndex index ? index.manifests() : List.of();
            return Page.of(listed, reply);
        }
    }

    /** Workaround(GHCR): 303 to a page of its web site means that there is no API; others are followed. */
    private HttpReply send(HttpCall call) {
        HttpReply reply = connection.send(call.withoutRedirects(), Scope.pull(name));
        return switch (reply.status()) {
            case 301, 302, 307, 308 -> {
                reply.close();
                yield connection.send(call, Scope.pull(name));
            }
            default -> reply;
        };
    }

    /** Failures and refusals are none of these: they must not look like an empty list. */
    private static boolean hasNoApi(int status) {
        return switch (status) {
            case 303, 404, 405, 501 -> true;
            default -> false;
        };
    }

    /** Some front ends answer unknown paths with a page of their own and 200. */
    private static boolean isOtherPage(HttpReply reply) {
        return reply.isSuccess()
                && !Replies.mediaType(reply).equals(Optional.of(MediaType.IMAGE_INDEX));
    }
}
