package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each MUST of distribution-spec v1.1.1, Content Management; where deletion is disabled is a read-only server. */
@ExtendWith(SpecRegistry.class)
final class SpecContentManagementTest {
    private RunningRegistry registry;
    private SpecRepository repository;

    @BeforeEach
    void choose(SpecRepository unused) {
        repository = unused;
        registry = unused.registry();
    }

    @Nested
    @DisplayName("Deleting tags:")
    final class DeletingTags {

        @Test
        @DisplayName("upon success, MUST respond with 202 Accepted")
        void answers202() {
            Bytes image = repository.pushImage("v1");
            assertThat(repository.send("DELETE", "manifests/v1").statusCode()).isEqualTo(202);
            assertThat(repository.get("manifests/v1").statusCode()).isEqualTo(404);
            assertThat(repository.get("manifests/" + image.digest()).statusCode()).isEqualTo(200);
        }

        @Test
        @DisplayName("if tag deletion is disabled, MUST respond with 400 or 405")
        void answers405() {
            repository.pushImage("v1");
            assertRefusedWhereDisabled("manifests/v1");
        }
    }

    @Nested
    @DisplayName("Deleting Manifests:")
    final class DeletingManifests {

        @Test
        @DisplayName("upon success, MUST respond with 202 Accepted")
        void answers202() {
            String target = "manifests/" + repository.pushImage("v1").digest();
            assertThat(repository.send("DELETE", target).statusCode()).isEqualTo(202);
            assertThat(repository.get(target).statusCode()).isEqualTo(404);
            assertThat(repository.get("manifests/v1").statusCode()).isEqualTo(404);
        }

        @Test
        @DisplayName("if the repository does not exist, MUST return 404 Not Found")
        void answers404() {
            assertThat(repository.send("DELETE", "manifests/" + SpecRepository.ABSENT)
                    .statusCode()).isEqualTo(404);
        }

        @Test
        @DisplayName("if manifest deletion is disabled, MUST respond with 400 or 405")
        void answers405() {
            assertRefusedWhereDisabled("manifests/" + repository.pushImage("v1").digest());
        }
    }

    @Nested
    @DisplayName("Deleting Blobs:")
    final class DeletingBlobs {

        @Test
        @DisplayName("upon success, MUST respond with 202 Accepted")
        void answers202() {
            Digest digest = repository.pushBlob();
            assertThat(repository.send("DELETE", "blobs/" + digest).statusCode()).isEqualTo(202);
            assertThat(repository.get("blobs/" + digest).statusCode()).isEqualTo(404);
        }

        @Test
        @DisplayName("if the blob is not found, 404 Not Found MUST be returned")
        void answers404() {
            repository.pushBlob();
            assertThat(repository.send("DELETE", "blobs/" + SpecRepository.ABSENT).statusCode())
                    .isEqualTo(404);
        }

        @Test
        @DisplayName("if blob deletion is disabled, MUST respond with 400 or 405")
        void answers405() {
            assertRefusedWhereDisabled("blobs/" + repository.pushBlob());
        }
    }

    private void assertRefusedWhereDisabled(String target) {
        try (ReadOnlyServer server = ReadOnlyServer.start(registry.storage().folders().first());
                PlainClient client = PlainClient.of(server.address())) {
            String path = repository.path(target);
            assertThat(client.call("GET", path).send().statusCode()).isEqualTo(200);
            HttpResponse<String> refused = client.call("DELETE", path).send();
            assertThat(refused.statusCode()).isIn(400, 405);
            assertThat(client.call("GET", path).send().statusCode()).isEqualTo(200);
        }
    }
}
