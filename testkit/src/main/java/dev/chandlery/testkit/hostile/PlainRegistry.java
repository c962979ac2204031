package dev.chandlery.testkit.hostile;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The least that a registry can do, honestly: one repository under whatever name, uploads whole or in
 * chunks, no mounts, no referrers, no deletes.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Endpoints.
 */
public final class PlainRegistry {
    private static final Pattern ROUTE = Pattern.compile(
            "/v2/(?:|(.+)/(blobs|blobs/uploads|manifests|tags|referrers)/([^/]*))");

    private final Map<String, Bytes> blobs = new ConcurrentHashMap<>();
    private final Map<String, Stored> manifests = new ConcurrentSkipListMap<>();

    private final Map<String, Bytes> chunks = new ConcurrentHashMap<>();
    private final AtomicInteger sessions = new AtomicInteger();

    private record Stored(MediaType type, Bytes raw) {}

    /** Stores a blob without asking anybody. */
    public Descriptor put(Bytes blob) {
        blobs.put(blob.digest().toString(), blob);
        return Descriptor.of(MediaType.OCTET_STREAM, blob);
    }

    /** Stores a manifest under its digest and as {@code latest}. */
    public Descriptor put(ManifestDocument document) {
        MediaType type = document.manifest().mediaType();
        Stored stored = new Stored(type, document.raw());
        manifests.put(document.raw().digest().toString(), stored);
        manifests.put("latest", stored);
        return Descriptor.of(type, document.raw());
    }

    /** Lets a tag name a manifest, which is stored with it. */
    public void tag(ManifestDocument document, String tag) {
        put(document);
        manifests.put(tag, new Stored(document.manifest().mediaType(), document.raw()));
    }

    /** Whether a blob or manifest of that digest is stored. */
    public boolean has(Digest digest) {
        return blobs.containsKey(digest.toString()) || manifests.containsKey(digest.toString());
    }

    /** Whether anything at all is stored. */
    public boolean isEmpty() {
        return blobs.isEmpty() && manifests.isEmpty();
    }

    /** The answer that a rule may then spoil. */
    public Answer answer(Request request) {
        Matcher route = ROUTE.matcher(request.target().getPath());
        if (!route.matches()) {
            return Answer.error(404, "NAME_UNKNOWN");
        }
        if (route.group(2) == null) {
            return Answer.of(200, "{}");
        }
        return switch (request.method() + " " + route.group(2)) {
            case "GET blobs", "HEAD blobs" -> blob(route.group(3));
            case "POST blobs/uploads" -> open(request);
            case "PATCH blobs/uploads" -> append(route.group(3), request);
            case "PUT blobs/uploads" -> commit(route.group(3), request);
            case "DELETE blobs/uploads" -> Answer.of(204);
            case "GET manifests", "HEAD manifests" -> manifest(route.group(3));
            case "PUT manifests" -> store(route.group(3), request);
            case "GET tags" -> tagList();
            case "GET referrers" -> Answer.error(404, "UNSUPPORTED");
            default -> Answer.error(405, "UNSUPPORTED");
        };
    }

    private Answer blob(String digest) {
        Bytes found = blobs.get(digest);
        return found == null
                ? Answer.error(404, "BLOB_UNKNOWN")
                : Answer.of(200, found)
                        .with("Content-Type", "application/octet-stream")
                        .with("Docker-Content-Digest", digest);
    }

    private Answer open(Request request) {
        if (!request.query("digest").isEmpty()) {
            return commit("", request);
        }
        return Answer.of(202).with("Location", request.target().getPath() + nextSession());
    }

    /** The name of a new upload session, for scripts that tell of it in their own way. */
    String nextSession() {
        return "session" + sessions.incrementAndGet();
    }

    private Answer append(String session, Request request) {
        Bytes whole = chunks.merge(session, request.body(), PlainRegistry::joined);
        return Answer.of(202)
                .with("Location", request.target().toString())
                .with("Range", "0-" + (whole.size() - 1));
    }

    private static Bytes joined(Bytes before, Bytes after) {
        byte[] both = Arrays.copyOf(before.toArray(), before.size() + after.size());
        System.arraycopy(after.toArray(), 0, both, before.size(), after.size());
        return Bytes.of(both);
    }

    private Answer commit(String session, Request request) {
        Digest digest = Digest.parse(request.query("digest"));
        Bytes whole = joined(chunks.getOrDefault(session, Bytes.of(new byte[0])), request.body());
        if (!whole.digest(digest.algorithm()).equals(digest)) {
            return Answer.error(400, "DIGEST_INVALID");
        }
        blobs.put(digest.toString(), whole);
        return Answer.of(201).with("Docker-Content-Digest", digest.toString());
    }

    private Answer manifest(String identifier) {
        Stored found = manifests.get(identifier);
        return found == null
                ? Answer.error(404, "MANIFEST_UNKNOWN")
                : Answer.of(200, found.raw)
                        .with("Content-Type", found.type.value())
                        .with("Docker-Content-Digest", found.raw.digest().toString());
    }

    private Answer store(String identifier, Request request) {
        Stored stored = new Stored(MediaType.ofHeader(request.header("Content-Type").orElseThrow()),
                request.body());
        String digest = stored.raw.digest().toString();
        if (identifier.contains(":") && !identifier.equals(digest)) {
            return Answer.error(400, "DIGEST_INVALID");
        }
        manifests.put(digest, stored);
        manifests.put(identifier, stored);
        return Answer.of(201).with("Docker-Content-Digest", digest);
    }

    /** All tags, in order. */
    public Stream<String> tags() {
        return manifests.keySet().stream().filter(name -> !name.contains(":"));
    }

    private Answer tagList() {
        return Answer.of(200, tags()
                .map(name -> "\"" + name + "\"")
                .collect(Collectors.joining(",", "{\"name\":\"x\",\"tags\":[", "]}")));
    }
}
