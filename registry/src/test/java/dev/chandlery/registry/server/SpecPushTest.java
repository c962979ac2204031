package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each MUST of distribution-spec v1.1.1, Push, that binds a registry; uploads have a test of their own. */
@ExtendWith(SpecRegistry.class)
final class SpecPushTest {
    private RunningRegistry registry;
    private SpecRepository repository;

    @BeforeEach
    void choose(SpecRepository unused) {
        repository = unused;
        registry = unused.registry();
    }

    @Nested
    @DisplayName("Push:")
    final class Push {

        @Test
        @DisplayName("MUST accept a manifest whose subject does not exist")
        void acceptsAManifestWithoutItsSubject() {
            repository.image("");
            Bytes attached = attached(SpecRepository.ABSENT);
            assertThat(repository.put("v1", Manifests.IMAGE, attached).statusCode()).isEqualTo(201);
        }

        @Test
        @DisplayName("what names absent content MUST result in MANIFEST_BLOB_UNKNOWN")
        void namesWhatIsAbsent() {
            Bytes image = Manifests.image(SpecRepository.ABSENT, 6, "");
            Bytes index = Manifests.index(SpecRepository.ABSENT, 6);
            for (HttpResponse<String> refused : List.of(repository.put("v1", Manifests.IMAGE,
                    image), repository.put("v1", Manifests.INDEX, index))) {
                assertThat(SpecRepository.json(refused).at("/errors/0/code").asText()).isEqualTo(
                        "MANIFEST_BLOB_UNKNOWN");
            }
        }
    }

    @Nested
    @DisplayName("Mounting a blob from another repository:")
    final class MountingABlob {

        @Test
        @DisplayName("the response to a successful mount MUST be 201 Created")
        void answers201() {
            assertThat(mount().statusCode()).isEqualTo(201);
        }

        @Test
        @DisplayName("the response MUST contain the Location of the blob")
        void tellsWhereTheBlobIs() {
            String location = SpecRepository.location(mount());
            assertThat(location).contains(repository.name());
            assertThat(registry.call("GET", location).send().body()).isEqualTo(SpecRepository.BLOB
                    .utf8());
        }

        private HttpResponse<String> mount() {
            SpecRepository other = SpecRepository.unused(registry);
            return repository.send("POST", "blobs/uploads/?mount=" + other.pushBlob() + "&from="
                    + other.name());
        }
    }

    @Nested
    @DisplayName("Pushing Manifests:")
    final class PushingManifests {

        @Test
        @DisplayName("<reference> MUST be either a digest or a tag")
        void takesATagOrADigest() {
            Bytes image = repository.image("");
            assertThat(put("v1", image).statusCode()).isEqualTo(201);
            assertThat(put(image.digest().toString(), image).statusCode()).isEqualTo(201);
            assertThat(put("sha256:v1", image).statusCode()).isEqualTo(400);
            assertThat(put("+v1", image).statusCode()).isEqualTo(400);
        }

        @Test
        @DisplayName("MUST store the manifest in the exact byte representation")
        void storesTheExactBytes() {
            Bytes odd = Bytes.ofUtf8(" " + repository.image("\r\n\t ")
                    .utf8()
                    .replace("\"layers\":[]",
                            "\"x\" : 1.0e+2,\"layers\" :[ ],\"note\":\"\\u00e9 é\""));
            repository.put("v1", Manifests.IMAGE, odd);
            assertThat(repository.get("manifests/v1").body()).isEqualTo(odd.utf8());
        }

        @Test
        @DisplayName("upon success MUST return 201 Created")
        void answers201() {
            assertThat(put("v1", repository.image("")).statusCode()).isEqualTo(201);
            assertThat(put("v1", repository.image("")).statusCode()).as("again").isEqualTo(201);
        }

        @Test
        @DisplayName("MUST have the Location of the manifest")
        void tellsWhereTheManifestIs() {
            Bytes image = repository.image("");
            String location = SpecRepository.location(put("v1", image));
            assertThat(registry.call("GET", location).send().body()).isEqualTo(image.utf8());
        }

        @Test
        @DisplayName("Docker-Content-Digest MUST be equal to the client provided digest")
        void namesTheClientsDigest() {
            Bytes image = repository.image("");
            for (Algorithm algorithm : Algorithm.values()) {
                String digest = image.digest(algorithm).toString();
                assertThat(put(digest, image).headers().firstValue("Docker-Content-Digest"))
                        .contains(digest);
            }
        }

        @Test
        @DisplayName("an attempt to pull a nonexistent repository MUST return 404 Not Found")
        void answers404ForARepositoryThatDoesNotExist() {
            for (String target : new String[]{"manifests/v1", "manifests/" + SpecRepository.ABSENT,
                    "blobs/" + SpecRepository.ABSENT, "tags/list"}) {
                assertThat(repository.get(target).statusCode()).as(target).isEqualTo(404);
            }
        }

        private HttpResponse<String> put(String reference, Bytes manifest) {
            return repository.put(reference, Manifests.IMAGE, manifest);
        }
    }

    @Nested
    @DisplayName("Pushing Manifests with Subject:")
    final class PushingManifestsWithSubject {

        @Test
        @DisplayName("MUST respond with OCI-Subject: <subject digest>")
        void tellsThatTheSubjectWasProcessed() {
            Bytes subject = repository.pushImage("v1");
            for (Digest digest : new Digest[]{subject.digest(), SpecRepository.ABSENT}) {
                repository.image("");
                HttpResponse<String> pushed = repository.put("v2", Manifests.IMAGE, attached(
                        digest));
                assertThat(pushed.headers().firstValue("OCI-Subject")).contains(digest
                        .toString());
            }
        }
    }

    private static Bytes attached(Digest subject) {
        return Manifests.attached(SpecRepository.CONFIG.digest(), subject, "application/x", "n");
    }
}
