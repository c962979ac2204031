package dev.chandlery.oci.client;

import static dev.chandlery.oci.client.ScriptedRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.Tag;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What registries say when they refuse, and what users see of it. */
class RefusalsTest {
    private static final Descriptor BLOB = Descriptor.of(MediaType.OCTET_STREAM, Bytes.ofUtf8(
            "blob"));

    static Stream<String> errorBodies() {
        return Stream.of("", "null", "7", "[]", "{\"errors\":7}", "{\"errors\":{\"a\":1}}",
                "{\"errors\":[7,null,[],{}]}", "{\"errors\":[{\"code\":{},\"message\":[]}]}",
                "[".repeat(60_000), "{\"errors\":[" + "{\"code\":\"A\"},".repeat(9_000),
                "{\"errors\":[{\"code\":\"\\u001b[31mRED\",\"message\":\"\\u202e\\r\\nSet: x\"}]}",
                "{\"errors\":[{\"code\":\"" + "x".repeat(50_000) + "\"}]}");
    }

    @ParameterizedTest
    @MethodSource("errorBodies")
    void whateverTheBodyTheMessageIsOneShortLine(String body) {
        try (ScriptedRegistry registry = new ScriptedRegistry(_ -> answer(400, body))) {
            assertThatThrownBy(() -> registry.client().fetch(BLOB)).isInstanceOf(
                    OciException.class)
                    .hasMessageStartingWith("cannot fetch blob")
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(4_000)
                            .doesNotContainPattern("[\\p{Cntrl}\\p{Cf}]"));
        }
    }

    /** GHCR's secondary limit: 403, and when to come back. */
    @Test
    void aThrottleThatLooksLikeARefusalIsWaitedFor() {
        AtomicInteger count = new AtomicInteger();
        try (ScriptedRegistry registry = new ScriptedRegistry(_ -> count.incrementAndGet() == 1
                ? answer(403).setHeader("Retry-After", "0")
                : answer(200))) {
            assertThat(registry.client().exists(BLOB)).isTrue();
            assertThat(count).hasValue(2);
        }
    }

    @Test
    void aRefusalIsNotRepeated() {
        try (ScriptedRegistry registry = new ScriptedRegistry(_ -> answer(403))) {
            assertThatThrownBy(() -> registry.client().exists(BLOB)).isInstanceOf(
                    OciException.class);
            assertThat(registry.lines()).hasSize(1);
        }
    }

    /** Nothing but a clear 404 means that something is not there. */
    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 405, 410, 418, 429, 500, 501, 503})
    void couldNotLookIsNotAbsent(int status) {
        try (ScriptedRegistry registry = new ScriptedRegistry(_ -> answer(status))) {
            RemoteRepository client = registry.client();
            assertThatThrownBy(() -> client.exists(BLOB)).isInstanceOf(OciException.class);
            assertThatThrownBy(() -> client.find(new Tag("v1"))).isInstanceOf(OciException.class);
            assertThatThrownBy(() -> client.tags().toList()).isInstanceOf(OciException.class);
        }
    }

    /** A manifest that cannot be read is what users want to be rid of. */
    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{}", "{\"schemaVersion\":2}", "[", "{\"layers\":7}"})
    void aBrokenManifestCanBeDeleted(String raw) {
        Descriptor manifest = Descriptor.of(MediaType.IMAGE_MANIFEST, Bytes.ofUtf8(raw));
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> switch (request
                .getMethod()) {
            case "GET" -> answer(200, raw).setHeader("Content-Type", MediaType.IMAGE_MANIFEST
                    .value());
            case "DELETE" -> answer(202);
            default -> answer(404);
        })) {
            assertThatCode(() -> registry.client().deleter().orElseThrow().delete(manifest))
                    .doesNotThrowAnyException();
            assertThat(registry.lines().getLast()).startsWith("DELETE ");
        }
    }

    /** Other bytes than the digest names: a defect of the registry's storage. */
    @Test
    void aSpoiledManifestCanBeDeleted() {
        Descriptor manifest = Descriptor.of(MediaType.IMAGE_MANIFEST, Bytes.ofUtf8("right"));
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> request.getMethod()
                .equals("GET")
                        ? answer(200, "wrong").setHeader("Content-Type", MediaType.IMAGE_MANIFEST
                                .value())
                        : answer(202))) {
            assertThatCode(() -> registry.client().deleter().orElseThrow().delete(manifest))
                    .doesNotThrowAnyException();
        }
    }
}
