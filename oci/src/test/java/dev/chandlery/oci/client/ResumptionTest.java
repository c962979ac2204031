package dev.chandlery.oci.client;

import static dev.chandlery.oci.client.ScriptedRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.OciException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;

/** Fetches that break in the middle. */
class ResumptionTest {
    private static final Bytes BYTES = Bytes.ofUtf8("0123456789".repeat(20_000));
    private static final Descriptor BLOB = Descriptor.of(MediaType.OCTET_STREAM, BYTES);

    private final AtomicInteger requests = new AtomicInteger();

    @Test
    void goesOnFromWhereItBroke() throws IOException {
        try (ScriptedRegistry registry = registry(ResumptionTest::rest)) {
            assertThat(fetch(registry)).isEqualTo(BYTES);
            assertThat(ranges(registry).getLast()).startsWith("bytes=").doesNotStartWith("bytes=0");
        }
    }

    @Test
    void startsAnewWhereTheRegistryKnowsNoRanges() throws IOException {
        try (ScriptedRegistry registry = registry(_ -> answer(200, BYTES.utf8()))) {
            assertThat(fetch(registry)).isEqualTo(BYTES);
        }
    }

    /** The address that the registry redirected to has died; the next one is asked for at the registry. */
    @Test
    void resumesThroughTheRegistryAndNotWhereItWasRedirected() throws IOException {
        AtomicInteger redirects = new AtomicInteger();
        try (ScriptedRegistry storage = registry(request -> request.getTarget().equals("/blob1")
                ? answer(403)
                : rest(request));
                ScriptedRegistry registry = new ScriptedRegistry(_ -> answer(307)
                        .setHeader("Location", storage.uri("/blob" + redirects.incrementAndGet())
                                .toString()), storage.origin())) {
            assertThat(fetch(registry)).isEqualTo(BYTES);
            assertThat(redirects).hasValue(2);
        }
    }

    @Test
    void aTokenThatDiesInBetweenIsRenewed() throws IOException {
        AtomicInteger tokens = new AtomicInteger();
        ScriptedRegistry[] self = new ScriptedRegistry[1];
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> {
            if (request.getTarget().startsWith("/token")) {
                return answer(200, "{\"token\":\"t" + tokens.incrementAndGet() + "\"}");
            }
            boolean first = "Bearer t1".equals(request.getHeaders().get("Authorization"))
                    && requests.get() == 0;
            if (first) {
                return broken(requests);
            }
            return "Bearer t2".equals(request.getHeaders().get("Authorization"))
                    ? rest(request)
                    : answer(401).setHeader("WWW-Authenticate", "Bearer realm=\"" + self[0]
                            .uri("/token") + "\"");
        })) {
            self[0] = registry;
            assertThat(fetch(registry)).isEqualTo(BYTES);
            assertThat(tokens).hasValue(2);
        }
    }

    @Test
    void restOfOtherBytesIsRefused() {
        try (ScriptedRegistry registry = registry(request -> answer(206, "x".repeat(BYTES.size()
                - start(request))).setHeader("Content-Range", "bytes " + start(request) + "-"
                        + (BYTES.size() - 1) + "/" + BYTES.size()))) {
            assertThatThrownBy(() -> fetch(registry)).isInstanceOf(ContentMismatchException.class);
        }
    }

    @Test
    void aBlobThatIsDeletedInBetweenIsAnError() {
        try (ScriptedRegistry registry = registry(_ -> answer(404))) {
            assertThatThrownBy(() -> fetch(registry)).isInstanceOf(OciException.class)
                    .hasMessageStartingWith("cannot fetch blob");
        }
    }

    @Test
    void breaksWithoutProgressEnd() {
        try (ScriptedRegistry registry = new ScriptedRegistry(_ -> broken(requests))) {
            assertThatThrownBy(() -> fetch(registry)).isInstanceOf(OciException.class);
            assertThat(requests.get()).isLessThan(20);
        }
    }

    private ScriptedRegistry registry(Function<RecordedRequest, MockResponse.Builder> later) {
        return new ScriptedRegistry(request -> requests.get() == 0
                ? broken(requests)
                : later.apply(request));
    }

    /** The body breaks in its middle. */
    private static MockResponse.Builder broken(AtomicInteger requests) {
        requests.incrementAndGet();
        return answer(200, BYTES.utf8()).onResponseBody(new SocketEffect.CloseSocket());
    }

    private static MockResponse.Builder rest(RecordedRequest request) {
        int start = start(request);
        return answer(206, BYTES.utf8().substring(start)).setHeader("Content-Range", "bytes "
                + start + "-" + (BYTES.size() - 1) + "/" + BYTES.size());
    }

    private static int start(RecordedRequest request) {
        String range = request.getHeaders().get("Range");
        return range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    }

    private static List<String> ranges(ScriptedRegistry registry) {
        return registry.requests()
                .stream()
                .flatMap(r -> r.getHeaders().values("Range").stream())
                .toList();
    }

    private static Bytes fetch(ScriptedRegistry registry) throws IOException {
        try (InputStream in = registry.client().fetch(BLOB)) {
            return Bytes.of(in.readAllBytes());
        }
    }
}
