package dev.chandlery.oci.client;

import static dev.chandlery.oci.client.ScriptedRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.json.ManifestWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index under the fallback tag, and mounts. */
class ManifestWritesTest {
    private static final Descriptor SUBJECT = Descriptor.of(MediaType.IMAGE_MANIFEST, Bytes
            .ofUtf8("subject"));

    private final Map<String, Bytes> stored = new ConcurrentHashMap<>();

    @Test
    void unconditionalWhereThereWasNoTag() {
        assertThat(conditions(UnaryOperator.identity(), 1)).containsExactly((String) null);
    }

    @Test
    void conditionalByTheEntityTag() {
        assertThat(conditions(r -> r.setHeader("ETag", "\"e1\""), 2)).containsExactly(null,
                "\"e1\"");
    }

    /** A weak tag never fits a condition, and other characters cannot be sent. */
    @ParameterizedTest
    @ValueSource(strings = {"W/\"e1\"", "\"\u00e9\"", "\"e 1\"", "e1", "\"e\"1\"", "\"\u0001\"",
            "*"})
    void unconditionalByWhatIsNoStrongEntityTag(String tag) {
        assertThat(conditions(r -> r.addHeaderLenient("ETag", tag), 2)).containsExactly(null, null);
    }

    @Test
    void aMountOfAnotherBlobIsNone() {
        Descriptor blob = Descriptor.of(MediaType.OCTET_STREAM, Bytes.ofUtf8("blob"));
        try (ScriptedRegistry registry = new ScriptedRegistry(_ -> answer(201)
                .setHeader("Docker-Content-Digest", SUBJECT.digest().toString()))) {
            assertThat(registry.client()
                    .mounter()
                    .orElseThrow()
                    .mount(blob, new RepositoryName("test/b"))).isFalse();
        }
    }

    /** Pushes so many referrers; the conditions under which the tag was written. */
    private List<@Nullable String> conditions(UnaryOperator<MockResponse.Builder> spoiler,
            int count) {
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> answered(request,
                spoiler))) {
            for (int i = 0; i < count; i++) {
                ManifestDocument manifest = attached("n" + i);
                registry.client().push(manifest.descriptor(), Content.of(manifest.raw()));
            }
            List<@Nullable String> conditions = new ArrayList<>();
            for (RecordedRequest request : registry.requests()) {
                if (request.getMethod().equals("PUT") && request.getTarget().contains("sha256-")) {
                    conditions.add(request.getHeaders().get("If-Match"));
                }
            }
            return conditions;
        }
    }

    private MockResponse.Builder answered(RecordedRequest request,
            UnaryOperator<MockResponse.Builder> spoiler) {
        if (request.getMethod().equals("PUT")) {
            @Nullable
            String condition = request.getHeaders().get("If-Match");
            if (condition != null && !condition.equals("\"e1\"")) {
                return answer(412);
            }
            stored.put(request.getTarget(), Bytes.of(Objects.requireNonNull(request.getBody())
                    .toByteArray()));
            return answer(201);
        }
        @Nullable
        Bytes found = stored.get(request.getTarget());
        return found == null
                ? answer(404)
                : spoiler.apply(answer(200, found.utf8()).setHeader("Content-Type",
                        MediaType.IMAGE_INDEX.value()));
    }

    private static ManifestDocument attached(String name) {
        return ManifestWriter.write(new ImageManifest(MediaType.IMAGE_MANIFEST, new MediaType(
                "application/vnd.example"), Descriptor.EMPTY, List.of(Descriptor.EMPTY), SUBJECT,
                new TreeMap<>(Map.of(Annotations.TITLE, name))));
    }
}
