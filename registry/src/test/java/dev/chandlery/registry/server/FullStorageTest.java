package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Of what does not fit nothing stays, and the room is free for what does. */
@EnabledOnOs(value = {OS.LINUX, OS.MAC}, disabledReason = "the system must bound files")
final class FullStorageTest {
    private static final int MOST_KIB = 16 * 1024;
    private static final Bytes LARGE = Bytes.of(new byte[(MOST_KIB + 1024) * 1024]);

    @TempDir
    private Path folder;

    @Test
    void saysThatItIsFullAndGoesOn() throws IOException {
        try (ChildRegistry child = ChildRegistry.serveWithFilesUpTo(MOST_KIB, folder);
                PlainClient client = PlainClient.of(child.registry())) {
            assertFull(client.call("POST", "/v2/a/blobs/uploads/?digest=" + LARGE.digest())
                    .body(LARGE)
                    .send());
            String session = client.call("POST", "/v2/a/blobs/uploads/")
                    .send()
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            assertFull(client.call("PATCH", session).body(LARGE).send());
            assertThat(client.call("GET", session).send().statusCode()).isEqualTo(404);
            assertThat(client.call("HEAD", "/v2/a/blobs/" + LARGE.digest()).send().statusCode())
                    .isEqualTo(404);
            client.pushBlob("a", Bytes.ofUtf8("fits"));
        }
    }

    private void assertFull(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(507);
        assertThat(answer.body()).contains("UNAVAILABLE", "disk is full")
                .doesNotContain(folder
                        .toString());
        try (Stream<Path> staged = Files.list(folder.resolve("uploads"))) {
            assertThat(staged).isEmpty();
        }
    }
}
