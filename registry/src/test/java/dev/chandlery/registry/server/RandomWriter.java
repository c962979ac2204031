package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.registry.collect.Graphs;
import dev.chandlery.registry.collect.Served;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * A client that does what it likes in repositories which it shares with others, and knows what it was told.
 * Its tags and its manifests are its own; layers are everybody's.
 */
final class RandomWriter {
    /** Where retention takes tags away. */
    static final String RETAINED = "retained";
    private static final List<String> REPOSITORIES = List.of("one", "two", RETAINED);
    private static final int LAYERS = 5;
    private static final int TAGS = 3;
    private static final int MAX_TRIES = 50;
    private static final Pattern NAMED = Pattern.compile(
            "\"mediaType\":\"([^\"]+)\",\"digest\":\"([^\"]+)\"");

    private final RunningRegistry registry;
    private final String name;
    private final Random random;
    private final Map<String, Digest> tags = new TreeMap<>();
    private int pushed;

    RandomWriter(RunningRegistry registry, String name, long seed) {
        this.registry = registry;
        this.name = name;
        this.random = new Random(seed);
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            String repository = REPOSITORIES.get(random.nextInt(REPOSITORIES.size()));
            switch (random.nextInt(7)) {
                case 0, 1, 2 -> pushImage(repository);
                case 3 -> pushIndex(repository);
                case 4 -> attach(repository);
                case 5 -> delete(repository);
                default -> check(repository, tag());
            }
        }
    }

    /** Looks at all tags that it has. */
    void checkAll() {
        for (String repository : REPOSITORIES) {
            for (int i = 0; i < TAGS; i++) {
                check(repository, name + "-" + i);
            }
        }
    }

    private void pushImage(String repository) {
        Bytes layer = layer();
        Bytes image = image(layer);
        push(repository, tag(), Graphs.IMAGE, image, () -> pushLayer(repository, layer));
    }

    private void pushIndex(String repository) {
        Bytes layer = layer();
        Bytes one = image(layer);
        Bytes other = image();
        push(repository, tag(), Graphs.INDEX, Graphs.index(one, other), () -> {
            push(repository, one.digest().toString(), Graphs.IMAGE, one, () -> pushLayer(repository,
                    layer));
            push(repository, other.digest().toString(), Graphs.IMAGE, other, () -> pushLayer(
                    repository, layer));
        });
    }

    private void attach(String repository) {
        Digest subject = tags.get(repository + ":" + name + "-0");
        if (subject != null) {
            Bytes layer = layer();
            Bytes attached = Graphs.attached(subject, layer);
            push(repository, attached.digest().toString(), Graphs.IMAGE, attached, () -> pushLayer(
                    repository, layer));
        }
    }

    /** Takes a tag away, or a manifest with all its tags. */
    private void delete(String repository) {
        String tag = tag();
        Digest digest = tags.get(repository + ":" + tag);
        if (digest == null) {
            return;
        }
        boolean whole = random.nextBoolean();
        int status = status("DELETE", repository, whole ? digest.toString() : tag);
        assertThat(status).isIn(202, repository.equals(RETAINED) ? 404 : 202);
        tags.entrySet()
                .removeIf(e -> e.getKey().startsWith(repository + ":") && (whole
                        ? e.getValue().equals(digest)
                        : e.getKey().endsWith(":" + tag)));
    }

    /** What it was told is there is there, complete; where retention is, it may be gone, but as a whole. */
    private void check(String repository, String tag) {
        Digest digest = tags.get(repository + ":" + tag);
        if (digest == null) {
            return;
        }
        if (!repository.equals(RETAINED)) {
            HttpResponse<String> answer = get(repository, "manifests", tag);
            assertThat(answer.statusCode()).as(repository + ":" + tag).isEqualTo(200);
            assertThat(Bytes.ofUtf8(answer.body()).digest()).isEqualTo(digest);
            assertThat(isComplete(repository, answer.body())).as(answer.body()).isTrue();
            return;
        }
        Awaitility.await("complete or gone, but for what is remembered for a second")
                .until(() -> {
                    HttpResponse<String> answer = get(repository, "manifests", tag);
                    return answer.statusCode() == 404 || isComplete(repository, answer.body());
                });
    }

    private boolean isComplete(String repository, String manifest) {
        for (Matcher named = NAMED.matcher(manifest); named.find();) {
            boolean isManifest = manifest.contains("\"manifests\":");
            boolean isSubject = manifest.lastIndexOf("\"subject\":", named.start()) >= 0;
            HttpResponse<String> answer = get(repository, isManifest ? "manifests" : "blobs", named
                    .group(2));
            if (!isSubject && (answer.statusCode() != 200 || (isManifest && !isComplete(repository,
                    answer.body())))) {
                return false;
            }
        }
        return true;
    }

    /** As clients do: what is told to be missing is sent again. */
    private void push(String repository, String reference, String type, Bytes manifest,
            Runnable content) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            content.run();
            HttpResponse<String> answer = registry.call("PUT", "/v2/" + repository + "/manifests/"
                    + reference).header("Content-Type", type).body(manifest).send();
            if (answer.statusCode() == 201) {
                if (!reference.contains(":")) {
                    tags.put(repository + ":" + reference, manifest.digest());
                }
                return;
            }
            assertThat(answer.statusCode()).as("refused cleanly").isEqualTo(404);
            assertThat(answer.body()).contains("MANIFEST_BLOB_UNKNOWN");
        }
        throw new AssertionError("expected a push to come through");
    }

    /** Sends only what the registry does not have yet, or mounts it. */
    private void pushLayer(String repository, Bytes layer) {
        for (Bytes blob : List.of(Served.EMPTY, layer)) {
            String target = "/v2/" + repository + "/blobs/" + blob.digest();
            if (registry.call("HEAD", target).send().statusCode() == 200) {
                continue;
            }
            String from = REPOSITORIES.get(random.nextInt(2));
            HttpResponse<String> mounted = registry.call("POST", "/v2/" + repository
                    + "/blobs/uploads/?mount=" + blob.digest() + "&from=" + from).send();
            if (mounted.statusCode() != 201) {
                registry.client().pushBlob(repository, blob);
            }
        }
    }

    private HttpResponse<String> get(String repository, String kind, String reference) {
        return registry.call("GET", "/v2/" + repository + "/" + kind + "/" + reference).send();
    }

    private int status(String method, String repository, String reference) {
        return registry.call(method, "/v2/" + repository + "/manifests/" + reference)
                .send()
                .statusCode();
    }

    private Bytes image(Bytes... layers) {
        String mine = ",\"annotations\":{\"by\":\"" + name + " " + pushed++ + "\"}";
        return Graphs.image("application/vnd.oci.image.layer.v1.tar", mine, layers);
    }

    private Bytes layer() {
        return Bytes.ofUtf8("layer " + random.nextInt(LAYERS));
    }

    private String tag() {
        return name + "-" + random.nextInt(TAGS);
    }
}
