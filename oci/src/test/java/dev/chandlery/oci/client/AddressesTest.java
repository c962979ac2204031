package dev.chandlery.oci.client;

import static dev.chandlery.oci.client.ScriptedRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.client.auth.DockerHub;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.PushHint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that a registry names: used, or refused by name. */
class AddressesTest {
    private static final Bytes BYTES = Bytes.ofUtf8("some content");
    private static final Descriptor BLOB = Descriptor.of(MediaType.OCTET_STREAM, BYTES);
    private static final String SESSION = "/v2/test/a/blobs/uploads/1";

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:99999/", "https://example.com:0/",
            "http://a..b/", "http://-/", "http://[fe80::1%25eth0]/", "http://127.0.0.1:-2/"})
    void redirectToNoAddress(String location) {
        try (ScriptedRegistry registry = new ScriptedRegistry(_ -> answer(307)
                .setHeader("Location", location))) {
            assertThatThrownBy(() -> registry.client().fetch(BLOB)).isInstanceOf(
                    OciException.class).hasMessageStartingWith("cannot fetch blob");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://127.0.0.1:99999/token", "https://a..b/token",
            "http://127.0.0.1:99999/token", "https:///token", "https://user:pw@example.com/"})
    void realmAtNoAddress(String realm) {
        try (ScriptedRegistry registry = new ScriptedRegistry(_ -> answer(401)
                .setHeader("WWW-Authenticate", "Bearer realm=\"" + realm + "\""))) {
            assertThatThrownBy(() -> registry.client().fetch(BLOB)).isInstanceOf(
                    OciException.class).hasMessageStartingWith("cannot ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SESSION + "?_state=a%2Bb%3D&x=1", "1?_state=a%2Bb%3D&x=1",
            "?_state=a%2Bb%3D&x=1"})
    void locationsWithAQueryKeepIt(String location) {
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> switch (request
                .getMethod()) {
            case "POST" -> answer(202).setHeader("Location", location);
            case "PUT" -> answer(201);
            default -> answer(404);
        })) {
            registry.client().push(BLOB, Content.of(BYTES));
            assertThat(registry.lines().getLast()).startsWith("PUT /v2/test/a/blobs/uploads/")
                    .endsWith("?_state=a%2Bb%3D&x=1&digest=sha256%3A"
                            + BLOB.digest().toString().substring("sha256:".length()));
        }
    }

    @Test
    void absoluteLocations() {
        ScriptedRegistry[] self = new ScriptedRegistry[1];
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> switch (request
                .getMethod()) {
            case "POST" -> answer(202).setHeader("Location", self[0].uri(SESSION).toString());
            case "PUT" -> answer(201);
            default -> answer(404);
        })) {
            self[0] = registry;
            registry.client().push(BLOB, Content.of(BYTES));
            assertThat(registry.lines().getLast()).startsWith("PUT " + SESSION + "?digest=");
        }
    }

    @Test
    void dockerHubHasNamesOfTwoLevels() {
        Registry hub = Registry.parse("docker.io");
        assertThat(DockerHub.repository(hub, new RepositoryName("app")).value()).isEqualTo(
                "library/app");
        assertThat(DockerHub.repository(hub, new RepositoryName("acme/app")).value()).isEqualTo(
                "acme/app");
        assertThatThrownBy(() -> DockerHub.repository(hub, new RepositoryName("acme/team/app")))
                .isInstanceOf(InvalidReferenceException.class)
                .hasMessageContaining("two levels");
    }

    /** Large enough for a session: the last bytes are sent only when all are right. */
    @Test
    void contentThatIsNotWhatItShouldBeIsNotSentToItsEnd() {
        byte[] large = new byte[300_000];
        Descriptor blob = Descriptor.of(MediaType.OCTET_STREAM, Bytes.of(large));
        large[large.length - 1] = 1;
        assertThat(linesOfWrongPush(blob, Bytes.of(large), PushHint.NONE)).contains("DELETE "
                + SESSION);
    }

    @Test
    void smallContentThatIsNotWhatItShouldBeIsNotSentAtAll() {
        assertThat(linesOfWrongPush(BLOB, Bytes.ofUtf8("SOME CONTENT"),
                PushHint.LIKELY_ABSENT)).isEmpty();
    }

    private static List<String> linesOfWrongPush(Descriptor blob, Bytes wrong,
            PushHint hint) {
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> switch (request
                .getMethod()) {
            case "POST" -> answer(202).setHeader("Location", SESSION);
            case "DELETE" -> answer(204);
            default -> answer(404);
        })) {
            assertThatThrownBy(() -> registry.client().push(blob, Content.of(wrong), hint))
                    .isInstanceOf(dev.chandlery.oci.ContentMismatchException.class);
            return registry.lines();
        }
    }
}
