package dev.chandlery.oci.client;

import static dev.chandlery.oci.client.ScriptedRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.content.Content;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Uploads in chunks of ten bytes to registries that take them oddly. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChunkedUploadTest {
    private static final String SESSION = "/v2/test/a/blobs/uploads/1";
    private static final Bytes BYTES = Bytes.ofUtf8("0123456789abcdefghijABCDEFGHIJ-");
    private static final Descriptor BLOB = Descriptor.of(MediaType.OCTET_STREAM, BYTES);

    private final Buffer received = new Buffer();
    private final AtomicInteger patches = new AtomicInteger();

    @Test
    void oneAfterTheOther() {
        push((_, body) -> took(body));
        assertThat(received.readUtf8()).isEqualTo(BYTES.utf8());
        assertThat(patches).hasValue(4);
    }

    @Test
    void onlyApartOfAChunkIsTaken() {
        push((number, body) -> took(number == 2 ? body.substring(0, 4) : body));
        assertThat(received.readUtf8()).isEqualTo(BYTES.utf8());
    }

    @Test
    void afterABreakItGoesOnWhereTheRegistryStands() {
        push((number, body) -> number == 2
                ? took(body.substring(0, 7))
                        .onResponseStart(new SocketEffect.CloseSocket())
                : took(body));
        assertThat(received.readUtf8()).isEqualTo(BYTES.utf8());
    }

    /** Forward, back, forward, back: some progress after each step, and none in all. */
    @Test
    void aSessionThatSwingsIsGivenUp() {
        assertThatThrownBy(() -> push((number, _) -> patched(number % 2 == 1 ? 10 : 5)))
                .isInstanceOf(TransferException.class)
                .hasMessageContaining("upload session");
        assertThat(patches.get()).isLessThan(50);
    }

    @Test
    void aSessionThatIsAheadOfUsIsGivenUp() {
        assertThatThrownBy(() -> push((_, _) -> patched(25))).isInstanceOf(TransferException.class);
        assertThat(patches).hasValue(1);
    }

    private void push(BiFunction<Integer, String, MockResponse.Builder> onPatch) {
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> switch (request
                .getMethod()) {
            case "POST" -> answer(202).setHeader("Location", SESSION);
            case "PATCH" -> onPatch.apply(patches.incrementAndGet(), body(request));
            case "GET" -> patched(received.size()).code(204);
            case "PUT" -> answer(201);
            case "DELETE" -> answer(204);
            default -> answer(404);
        })) {
            registry.client(CredentialProvider.anonymous(), ClientOptions.DEFAULT
                    .withChunkBytes(10)).push(BLOB, Content.of(BYTES));
        }
    }

    private static String body(RecordedRequest request) {
        return request.getBody() == null ? "" : request.getBody().utf8();
    }

    private MockResponse.Builder took(String bytes) {
        received.writeUtf8(bytes);
        return patched(received.size());
    }

    private static MockResponse.Builder patched(long offset) {
        return answer(202).setHeader("Location", SESSION)
                .setHeader("Range", "0-" + Math.max(0, offset - 1));
    }
}
