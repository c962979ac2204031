package dev.chandlery.oci.client;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.oci.client.RegistryTraits.Power;
import dev.chandlery.oci.client.auth.Scope;
import dev.chandlery.oci.content.ReferrerLister;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import dev.chandlery.oci.json.ManifestReader;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lists referrers by the API, and under the fallback tag where there is none. A filter is always applied
 * again, as registries may pass over it.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Listing Referrers, end-12.
 */
final class RemoteReferrers implements ReferrerLister {
    private static final Set<String> OF_CONTENT = Set.of("NAME_UNKNOWN", "NOT_FOUND",
            "MANIFEST_UNKNOWN", "DENIED", "UNAUTHORIZED");

    private final RegistryConnection connection;
    private final RegistryTraits traits;
    private final RepositoryName name;
    private final ReferrersFallback fallback;

    RemoteReferrers(RegistryConnection connection, RepositoryName name,
            ReferrersFallback fallback) {
        this.connection = connection;
        this.traits = connection.traits();
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

    /** Asked about content that nobody attaches anything to; a registry that cannot tell yet says no. */
    @Override
    public boolean keptUnderTags() {
        if (traits.referrers() == Power.UNKNOWN) {
            probe(Digest.of(Algorithm.SHA256, Algorithm.SHA256.newMessageDigest()));
        }
        return traits.referrers() == Power.NO;
    }

    private Stream<Descriptor> list(Digest subject, String query) {
        URI first = connection.uri(Endpoints.referrers(name, subject) + query);
        return Pages.stream(first, uri -> page(uri, subject, uri.equals(first)),
                connection.options().limits().pages());
    }

    private Page<Descriptor> page(URI uri, Digest subject, boolean first) {
        if (first && traits.referrers() == Power.NO) {
            return new Page<>(fallback.list(subject), Optional.empty());
        }
        HttpCall call = call(uri, subject);
        try (HttpReply reply = send(call)) {
            if (first && !learn(reply)) {
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

    /** Whether the registry keeps the lists by itself; asked once. */
    boolean hasApi(Digest subject) {
        return switch (traits.referrers()) {
            case YES -> true;
            case NO -> false;
            case UNKNOWN -> probe(subject);
        };
    }

    private boolean probe(Digest subject) {
        HttpCall call = call(connection.uri(Endpoints.referrers(name, subject)),
                subject);
        try (HttpReply reply = send(call)) {
            boolean there = learn(reply);
            if (there && !reply.isSuccess()) {
                throw connection.failure(call, reply);
            }
            return there;
        }
    }

    private HttpCall call(URI uri, Digest subject) {
        return HttpCall.get(uri)
                .withHeader("Accept", MediaType.IMAGE_INDEX.value())
                .withAction("list referrers of " + subject + " in " + connection.registry() + "/"
                        + name);
    }

    /** False when there is no such API; failures and refusals must not look so. */
    private boolean learn(HttpReply reply) {
        if (hasNoApi(reply.status())) {
            // Content that is absent, or not ours to see, says nothing about the registry.
            if (reply.status() != 404
                    || ErrorBody.read(reply)
                            .stream()
                            .noneMatch(e -> OF_CONTENT.contains(e
                                    .code()))) {
                traits.referrers(false);
            }
            return false;
        }
        if (isOtherPage(reply)) {
            traits.referrers(false);
            return false;
        }
        if (reply.isSuccess()) {
            traits.referrers(true);
        }
        return true;
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
