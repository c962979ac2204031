package dev.chandlery.oci.client;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.oci.client.auth.Scope;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the manifests of one repository. A digest is always computed from bytes when bytes
 * are at hand.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Pulling manifests, end-3; Pushing Manifests, end-7.
 */
final class ManifestEndpoint {
    private static final List<MediaType> ACCEPTED = List.of(MediaType.IMAGE_MANIFEST,
            MediaType.IMAGE_INDEX, MediaType.DOCKER_MANIFEST, MediaType.DOCKER_MANIFEST_LIST);

    /** RFC 9110 section 8.8.3, without what cannot be sent back. */
    private static final Pattern STRONG_TAG = Pattern.compile("\"[!#-~]*+\"");

    /**
     * A manifest as it came.
     *
     * @param entityTag of the answer, for conditional writes; null when it had none, or a weak one, which
     *        no condition fits
     */
    record Fetched(Descriptor descriptor, Bytes raw, @Nullable String entityTag) {}

    /** Under which a manifest is written: a header line that registries may pass over. */
    record Condition(String header, String value) {
        /** That there is no such tag. */
        static final Condition ABSENT = new Condition("If-None-Match", "*");

        /** That the tag is what had this entity tag. */
        static Condition matches(String entityTag) {
            return new Condition("If-Match", entityTag);
        }
    }

    private final RegistryConnection connection;
    private final RepositoryName name;

    ManifestEndpoint(RegistryConnection connection, RepositoryName name) {
        this.connection = connection;
        this.name = name;
    }

    /** What the identifier names now; asks for the bytes only where the head does not say enough. */
    Optional<Descriptor> find(Identifier id) {
        HttpCall call = read("HEAD", id, "resolve");
        try (HttpReply reply = connection.read(call, name)) {
            if (reply.status() == 404) {
                return Optional.empty();
            }
            if (!reply.isSuccess()) {
                throw connection.failure(call, reply);
            }
            Optional<Digest> digest = Replies.digest(reply);
            Optional<MediaType> type = Replies.mediaType(reply).filter(MediaType::isManifest);
            OptionalLong size = Replies.contentLength(reply);
            if (digest.isPresent() && type.isPresent() && size.orElse(0) > 0) {
                if (id instanceof Digest asked) {
                    Replies.checkDigest(where(id), asked, reply);
                }
                Digest named = id instanceof Digest asked ? asked : digest.get();
                return Optional.of(Descriptor.of(type.get(), named, size.getAsLong()));
            }
        }
        return get(id).map(Fetched::descriptor);
    }

    /** The manifest, empty when there is none. */
    Optional<Fetched> get(Identifier id) {
        HttpCall call = read("GET", id, "fetch");
        try (HttpReply reply = connection.read(call, name)) {
            if (reply.status() == 404) {
                return Optional.empty();
            }
            if (!reply.isSuccess()) {
                throw connection.failure(call, reply);
            }
            Bytes raw = reply.bytes(connection.options().limits().manifestBytes());
            MediaType type = Replies.mediaType(reply)
                    .orElseThrow(() -> new MalformedContentException(
                            "cannot " + call.action() + ": the answer has no media type"));
            Digest digest = digest(id, raw, reply);
            return Optional.of(new Fetched(Descriptor.of(type, digest, raw.size()), raw,
                    reply.header("ETag")
                            .filter(tag -> STRONG_TAG.matcher(tag).matches())
                            .orElse(null)));
        }
    }

    /** The digest of the bytes, which must be the one asked for, and the one the answer states. */
    private Digest digest(Identifier id, Bytes raw, HttpReply reply) {
        Optional<Digest> stated = Replies.digest(reply);
        Digest expected = switch (id) {
            case Digest asked -> asked;
            case Tag _ -> stated.orElseGet(raw::digest);
        };
        Digest actual = raw.digest(expected.algorithm());
        if (!actual.equals(expected)) {
            throw new ContentMismatchException(where(id), expected.toString(), actual.toString());
        }
        Replies.checkDigest(where(id), actual, reply);
        return actual;
    }

    /**
     * Stores the bytes under their digest or a tag.
     *
     * @return whether the registry says that it lists it at its subject
     */
    boolean put(Identifier id, MediaType type, Bytes raw) {
        return put(writing(id, type, raw), raw);
    }

    /** Stores the bytes under a tag, if the condition holds; one attempt, as the tag may change meanwhile. */
    void putOnce(Tag tag, MediaType type, Bytes raw, Optional<Condition> condition) {
        HttpCall call = writing(tag, type, raw).withoutRetries();
        put(condition.map(c -> call.withHeader(c.header(), c.value())).orElse(call), raw);
    }

    private HttpCall writing(Identifier id, MediaType type, Bytes raw) {
        return HttpCall.of("PUT", connection.uri(Endpoints.manifest(name, id)))
                .withBody(Content.of(raw), raw.size(), type)
                .withAction("push " + where(id))
                .withoutRedirects();
    }

    private boolean put(HttpCall call, Bytes raw) {
        try (HttpReply reply = connection.send(call, Scope.push(name))) {
            if (!reply.isSuccess()) {
                throw connection.failure(call, reply);
            }
            Digest stated = Replies.digest(reply).orElseGet(raw::digest);
            Replies.checkDigest("the registry's answer to: " + call.action(),
                    raw.digest(stated.algorithm()), reply);
            boolean listed = reply.header("OCI-Subject").isPresent();
            if (listed) {
                connection.traits().referrers(true);
            }
            return listed;
        }
    }

    private HttpCall read(String method, Identifier id, String verb) {
        HttpCall call = HttpCall.of(method, connection.uri(Endpoints.manifest(name, id)))
                .withAction(verb + " " + where(id));
        for (MediaType type : ACCEPTED) {
            call = call.withHeader("Accept", type.value());
        }
        return call;
    }

    private String where(Identifier id) {
        return "manifest " + id + " in " + connection.registry() + "/" + name;
    }
}
