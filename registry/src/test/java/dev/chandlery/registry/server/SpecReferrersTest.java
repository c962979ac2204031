package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each MUST of distribution-spec v1.1.1, Listing Referrers and Enabling the Referrers API. */
@ExtendWith(SpecRegistry.class)
final class SpecReferrersTest {
    private static final Digest SUBJECT = Bytes.ofUtf8("subject").digest();
    private static final String TARGET = "referrers/" + SUBJECT;

    private RunningRegistry registry;
    private SpecRepository repository;

    @BeforeEach
    void choose(SpecRepository unused) {
        repository = unused;
        registry = unused.registry();
        repository.image("");
    }

    @Nested
    @DisplayName("Listing Referrers:")
    final class ListingReferrers {

        @Test
        @DisplayName("assuming a repository is found, MUST return 200 OK")
        void answers200() {
            attach("application/x", "n");
            assertThat(repository.get(TARGET).statusCode()).isEqualTo(200);
        }

        @Test
        @DisplayName("MUST NOT return a 404 Not Found")
        void neverAnswers404() {
            assertThat(repository.get("referrers/" + SpecRepository.ABSENT).statusCode())
                    .isEqualTo(200);
            assertThat(SpecRepository.unused(registry).get(TARGET).statusCode()).isEqualTo(200);
        }

        @ParameterizedTest(name = "if the request is invalid, MUST return 400: {0}")
        @ValueSource(strings = {"sha256:abc", "sha256:", "sha256", "v1", "a:b:c", "md5:00"})
        void answers400(String digest) {
            assertThat(repository.get("referrers/" + digest).statusCode()).isEqualTo(400);
        }

        @Test
        @DisplayName("MUST be a JSON body with an image index of descriptors")
        void listsInAnIndex() {
            Digest attached = attach("application/x", "n");
            JsonNode index = SpecRepository.json(repository.get(TARGET));
            assertThat(index.get("schemaVersion").asInt()).isEqualTo(2);
            assertThat(index.get("mediaType").textValue()).isEqualTo(Manifests.INDEX);
            JsonNode descriptor = index.get("manifests").get(0);
            assertThat(descriptor.get("digest").textValue()).isEqualTo(attached.toString());
            assertThat(descriptor.get("mediaType").textValue()).isEqualTo(Manifests.IMAGE);
            assertThat(descriptor.get("size").asInt()).isEqualTo(repository.get("manifests/"
                    + attached).body().length());
        }

        @Test
        @DisplayName("Content-Type MUST be application/vnd.oci.image.index.v1+json")
        void namesTheTypeOfAnIndex() {
            assertThat(repository.get(TARGET).headers().firstValue("Content-Type")).contains(
                    Manifests.INDEX);
        }

        @Test
        @DisplayName("descriptors MUST include the artifactType of the image or index")
        void namesTheArtifactType() {
            attach("application/x", "n");
            assertThat(only().get("artifactType").textValue()).isEqualTo("application/x");
        }

        @Test
        @DisplayName("descriptors MUST include the artifactType of an index, if present")
        void namesTheArtifactTypeOfAnIndex() {
            repository.push(Manifests.INDEX, index("\"artifactType\":\"application/y\","));
            assertThat(only().get("artifactType").textValue()).isEqualTo("application/y");
        }

        @ParameterizedTest(name = "without artifactType, the config's mediaType MUST be it: {0}")
        @ValueSource(strings = {"", "\"artifactType\":\"\","})
        void fallsBackToTheTypeOfTheConfig(String field) {
            Bytes attached = Bytes.ofUtf8(Manifests.attached(SpecRepository.CONFIG.digest(),
                    SUBJECT, "?", "n").utf8().replace("\"artifactType\":\"?\",", field));
            repository.push(Manifests.IMAGE, attached);
            assertThat(only().get("artifactType").textValue()).isEqualTo(
                    "application/vnd.oci.empty.v1+json");
        }

        @ParameterizedTest(name = "without artifactType in an index, it MUST be omitted: {0}")
        @ValueSource(strings = {"", "\"artifactType\":\"\","})
        void omitsTheTypeOfAnIndex(String field) {
            repository.push(Manifests.INDEX, index(field));
            assertThat(only().has("artifactType")).isFalse();
        }

        @Test
        @DisplayName("descriptors MUST include annotations from the image or index")
        void tellsAnnotations() {
            attach("application/x", "é \\n");
            assertThat(only().at("/annotations/note").textValue()).isEqualTo("é \n");
            SpecRepository other = SpecRepository.unused(registry);
            other.push(Manifests.INDEX, index("\"annotations\":{\"a\":\"b\",\"c\":\"\"},"));
            assertThat(descriptors(other.get(TARGET)).getFirst().get("annotations").toString())
                    .isEqualTo("{\"a\":\"b\",\"c\":\"\"}");
        }

        @Test
        @DisplayName("if no referrers match, an empty manifest list MUST be returned")
        void listsNothing() {
            assertThat(descriptors(repository.get(TARGET))).isEmpty();
            attach("application/x", "n");
            assertThat(descriptors(repository.get(TARGET + "?artifactType=application/none")))
                    .isEmpty();
        }

        @Test
        @DisplayName("Link MUST be included when the list cannot be returned in a manifest")
        void linksToWhatDoesNotFit() {
            HttpResponse<String> first = tooMuch();
            List<JsonNode> all = new ArrayList<>(descriptors(first));
            HttpResponse<String> last = first;
            while (last.headers().firstValue("Link").isPresent()) {
                last = registry.call("GET", SpecRepository.next(last)).send();
                all.addAll(descriptors(last));
            }
            assertThat(all).hasSize(3).doesNotHaveDuplicates();
        }

        @Test
        @DisplayName("Link MUST be set according to RFC 5988 with rel=\"next\"")
        void linksToTheNext() {
            assertThat(registry.call("GET", SpecRepository.next(tooMuch())).send().statusCode())
                    .isEqualTo(200);
        }

        @Test
        @DisplayName("if a filter is applied, MUST include OCI-Filters-Applied: artifactType")
        void tellsThatItFiltered() {
            attach("application/x", "n");
            Digest wanted = attach("application/y", "n");
            HttpResponse<String> answer = repository.get(TARGET + "?artifactType=application/y");
            assertThat(answer.headers().firstValue("OCI-Filters-Applied")).contains(
                    "artifactType");
            assertThat(descriptors(answer)).hasSize(1);
            assertThat(answer.body()).contains(wanted.toString());
        }

        @Test
        @DisplayName("the header MUST contain a comma separated list of the applied filters")
        void namesNoFilterThatItDidNotApply() {
            HttpResponse<String> answer = repository.get(TARGET
                    + "?artifactType=application/y&annotation=x");
            assertThat(answer.headers().allValues("OCI-Filters-Applied")).containsExactly(
                    "artifactType");
            assertThat(repository.get(TARGET).headers().firstValue("OCI-Filters-Applied"))
                    .isEmpty();
        }

        private HttpResponse<String> tooMuch() {
            for (String note : new String[]{"a", "b", "c"}) {
                attach("application/x", note.repeat(1_600_000));
            }
            return repository.get(TARGET);
        }

        private Bytes index(String fields) {
            return Bytes.ofUtf8("""
                    {"schemaVersion":2,"mediaType":"%s",%s"manifests":[],
                     "subject":{"mediaType":"%s","digest":"%s","size":7}}""".formatted(
                    Manifests.INDEX, fields, Manifests.IMAGE, SUBJECT));
        }
    }

    @Nested
    @DisplayName("Enabling the Referrers API:")
    final class EnablingTheReferrersApi {

        @Test
        @DisplayName("MUST include images that an index of the referrers tag schema lists")
        void includesWhatATagOfTheSchemaLists() {
            Digest attached = attach("application/x", "n");
            int size = repository.get("manifests/" + attached).body().length();
            registry.client()
                    .pushManifest(repository.name(), "sha256-" + SUBJECT.encoded(),
                            Manifests.INDEX, Manifests.index(attached, size));
            assertThat(only().get("digest").textValue()).isEqualTo(attached.toString());
        }

        @Test
        @DisplayName("MUST include all newly pushed images with a valid subject")
        void includesWhatIsPushed() {
            for (int i = 1; i <= 3; i++) {
                attach("application/x", "n" + i);
                assertThat(descriptors(repository.get(TARGET))).hasSize(i);
            }
        }
    }

    private Digest attach(String type, String note) {
        return repository.push(Manifests.IMAGE, Manifests.attached(SpecRepository.CONFIG.digest(),
                SUBJECT, type, note));
    }

    private JsonNode only() {
        List<JsonNode> descriptors = descriptors(repository.get(TARGET));
        assertThat(descriptors).hasSize(1);
        return descriptors.getFirst();
    }

    private static List<JsonNode> descriptors(HttpResponse<String> answer) {
        List<JsonNode> descriptors = new ArrayList<>();
        SpecRepository.json(answer).get("manifests").forEach(descriptors::add);
        return descriptors;
    }
}
