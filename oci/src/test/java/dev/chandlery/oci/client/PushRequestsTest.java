package dev.chandlery.oci.client;

import static dev.chandlery.oci.client.ScriptedRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.PushHint;
import dev.chandlery.oci.content.Pushed;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many requests a blob costs, by what its registry does. */
class PushRequestsTest {
    private static final int LARGE = 17 << 20;
    private static final int MIDDLE = 300 << 10;
    private static final RepositoryName OTHER = new RepositoryName("test/b");

    private final Set<String> blobs = ConcurrentHashMap.newKeySet();

    @Test
    void smallBlobsComeWithThePostWhereItIsTaken() {
        try (ScriptedRegistry registry = registry(this::modern)) {
            RemoteRepository client = registry.client();
            assertThat(push(client, 10, PushHint.LIKELY_ABSENT)).isEqualTo(Pushed.SENT);
            assertThat(push(client, 20, PushHint.LIKELY_ABSENT)).isEqualTo(Pushed.SENT);
            assertThat(methods(registry)).isEqualTo("POST POST");
            assertThat(registry.lines()).allMatch(line -> line.contains("?digest=sha256"));
        }
    }

    @Test
    void smallBlobsTakeTwoRequestsWhereThePostOpensASession() {
        try (ScriptedRegistry registry = registry(this::classic)) {
            RemoteRepository client = registry.client();
            assertThat(push(client, 10, PushHint.LIKELY_ABSENT)).isEqualTo(Pushed.SENT);
            assertThat(push(client, 20, PushHint.LIKELY_ABSENT)).isEqualTo(Pushed.SENT);
            assertThat(push(client, 20, PushHint.LIKELY_ABSENT)).isEqualTo(Pushed.PRESENT);
            assertThat(methods(registry)).isEqualTo("POST PUT POST PUT POST");
            assertThat(registry.lines()).filteredOn(line -> line.startsWith("POST /v2/test/a/blobs"
                    + "/uploads/?digest")).hasSize(1);
        }
    }

    /** Content that can be read once is not lost by the trial. */
    @Test
    void theTrialDoesNotCostTheContent() {
        AtomicInteger opened = new AtomicInteger();
        Bytes bytes = bytes(10);
        try (ScriptedRegistry registry = registry(this::classic)) {
            registry.client().push(descriptor(10), once(bytes, opened), PushHint.LIKELY_ABSENT);
        }
        assertThat(opened).hasValue(1);
        assertThat(blobs).hasSize(1);
    }

    /** Content is often on another host: what is there already is not fetched from it. */
    @Test
    void contentOfABlobThatIsThereIsNotRead() {
        AtomicInteger opened = new AtomicInteger();
        try (ScriptedRegistry registry = registry(this::classic)) {
            RemoteRepository client = registry.client();
            push(client, 10, PushHint.NONE);
            for (PushHint hint : List.of(PushHint.NONE, PushHint.mountFrom(client.name()))) {
                client.push(descriptor(10), once(bytes(10), opened), hint);
            }
        }
        assertThat(opened).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 411, 413, 415, 500})
    void registriesThatRefuseBlobsWithThePostAreAskedOnce(int status) {
        try (ScriptedRegistry registry = registry(request -> request.getTarget()
                .contains("uploads/?digest=") ? answer(status) : classic(request))) {
            RemoteRepository client = registry.client();
            push(client, 10, PushHint.LIKELY_ABSENT);
            push(client, 20, PushHint.LIKELY_ABSENT);
            assertThat(methods(registry)).isEqualTo("POST POST PUT POST PUT");
        }
    }

    @Test
    void smallBlobsThatMayBeThereAreNotSentInVain() {
        try (ScriptedRegistry registry = registry(this::modern)) {
            RemoteRepository client = registry.client();
            assertThat(push(client, 10, PushHint.NONE)).isEqualTo(Pushed.SENT);
            assertThat(push(client, 10, PushHint.NONE)).isEqualTo(Pushed.PRESENT);
            assertThat(methods(registry)).isEqualTo("POST PUT POST");
        }
    }

    @Test
    void oneRequestTellsThatABlobIsThereOrOpensItsSession() {
        try (ScriptedRegistry registry = registry(this::classic)) {
            RemoteRepository client = registry.client();
            assertThat(push(client, MIDDLE, PushHint.NONE)).isEqualTo(Pushed.SENT);
            assertThat(push(client, MIDDLE, PushHint.NONE)).isEqualTo(Pushed.PRESENT);
            assertThat(methods(registry)).isEqualTo("POST PUT POST");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 500})
    void registriesThatRefuseMountsAreAskedOnce(int status) {
        try (ScriptedRegistry registry = registry(request -> request.getTarget().contains("mount=")
                ? answer(status)
                : classic(request))) {
            RemoteRepository client = registry.client();
            assertThat(push(client, MIDDLE, PushHint.mountFrom(OTHER))).isEqualTo(Pushed.SENT);
            assertThat(push(client, MIDDLE, PushHint.mountFrom(OTHER))).isEqualTo(Pushed.PRESENT);
            assertThat(registry.lines()).filteredOn(line -> line.contains("from=test%2Fb"))
                    .hasSize(
                            1);
            assertThat(registry.lines()).filteredOn(line -> line.contains("mount="))
                    .hasSizeLessThanOrEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void aRepositoryThatCannotBeReadIsNotMountedFromAgain(int status) {
        try (ScriptedRegistry registry = registry(request -> request.getTarget()
                .contains("from=test%2Fb") ? answer(status) : classic(request))) {
            RemoteRepository client = registry.client();
            assertThat(push(client, MIDDLE, PushHint.mountFrom(OTHER))).isEqualTo(Pushed.SENT);
            assertThat(push(client, MIDDLE + 1, PushHint.mountFrom(OTHER))).isEqualTo(Pushed.SENT);
            assertThat(methods(registry)).isEqualTo("POST POST PUT POST PUT");
        }
    }

    @Test
    void aMountIsOneRequest() {
        try (ScriptedRegistry registry = registry(request -> request.getTarget()
                .contains("from=test%2Fb") ? answer(201) : classic(request))) {
            assertThat(push(registry.client(), LARGE, PushHint.mountFrom(OTHER))).isEqualTo(
                    Pushed.MOUNTED);
            assertThat(methods(registry)).isEqualTo("POST");
        }
    }

    @Test
    void theSessionOfARefusedMountIsUsed() {
        try (ScriptedRegistry registry = registry(this::classic)) {
            assertThat(push(registry.client(), MIDDLE, PushHint.mountFrom(OTHER))).isEqualTo(
                    Pushed.SENT);
            assertThat(methods(registry)).isEqualTo("POST PUT");
        }
    }

    @Test
    void largeBlobsAreAskedForFirst() {
        try (ScriptedRegistry registry = registry(this::classic)) {
            RemoteRepository client = registry.client();
            assertThat(push(client, LARGE, PushHint.NONE)).isEqualTo(Pushed.SENT);
            assertThat(push(client, LARGE, PushHint.NONE)).isEqualTo(Pushed.PRESENT);
            assertThat(methods(registry)).isEqualTo("HEAD POST PUT HEAD");
        }
    }

    @Test
    void whatIsToBeSentAgainIsNotAskedFor() {
        try (ScriptedRegistry registry = registry(this::classic)) {
            RemoteRepository client = registry.client();
            push(client, 10, PushHint.RESEND);
            assertThat(push(client, 10, PushHint.RESEND)).isEqualTo(Pushed.SENT);
            assertThat(methods(registry)).isEqualTo("POST PUT POST PUT");
        }
    }

    @Test
    void bodiesThatAreTooLargeGoInChunks() {
        AtomicInteger patches = new AtomicInteger();
        try (ScriptedRegistry registry = registry(request -> switch (request.getMethod()) {
            case "PUT" -> size(request) > (8 << 20) ? answer(413) : classic(request);
            case "PATCH" -> {
                patches.incrementAndGet();
                yield size(request) > (4 << 20)
                        ? answer(416)
                        : answer(202).setHeader("Location", "/v2/s");
            }
            default -> classic(request);
        })) {
            RemoteRepository client = registry.client();
            assertThat(push(client, LARGE, PushHint.NONE)).isEqualTo(Pushed.SENT);
            assertThat(patches).hasValue(5);
            assertThat(push(client, LARGE + 1, PushHint.NONE)).isEqualTo(Pushed.SENT);
            assertThat(registry.lines()).filteredOn(line -> line.startsWith("PUT")).hasSize(3);
        }
    }

    @Test
    void chunksThatAreTooLargeBecomeSmaller() {
        try (ScriptedRegistry registry = registry(request -> request.getMethod().equals("PATCH")
                ? answer(size(request) > (4 << 20) ? 416 : 202).setHeader("Location", "/v2/s")
                : classic(request))) {
            RemoteRepository client = registry.client(CredentialProvider.anonymous(),
                    ClientOptions.DEFAULT.withChunkBytes(10 << 20));
            assertThat(push(client, LARGE, PushHint.NONE)).isEqualTo(Pushed.SENT);
        }
    }

    /** As ECR does: 201, and no chunk after the first is kept. */
    @Test
    void whereChunksAreDroppedBlobsGoInOneRequest() {
        try (ScriptedRegistry registry = registry(request -> request.getMethod().equals("PATCH")
                ? answer(201).setHeader("Location", "/v2/s").setHeader("Range", "0-99999")
                : classic(request))) {
            RemoteRepository client = registry.client(CredentialProvider.anonymous(),
                    ClientOptions.DEFAULT.withChunkBytes(100_000));
            assertThat(push(client, MIDDLE, PushHint.NONE)).isEqualTo(Pushed.SENT);
            assertThat(registry.requests().getLast()).satisfies(request -> {
                assertThat(request.getMethod()).isEqualTo("PUT");
                assertThat(size(request)).isEqualTo(MIDDLE);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 501})
    void whereChunksAreRefusedBlobsGoInOneRequest(int status) {
        try (ScriptedRegistry registry = registry(request -> request.getMethod().equals("PATCH")
                ? answer(status)
                : classic(request))) {
            RemoteRepository client = registry.client(CredentialProvider.anonymous(),
                    ClientOptions.DEFAULT.withChunkBytes(100_000));
            assertThat(push(client, MIDDLE, PushHint.NONE)).isEqualTo(Pushed.SENT);
        }
    }

    @Test
    void aRepositoryThatMustBeCreatedFirstIsToldSo() {
        try (ScriptedRegistry registry = registry(request -> answer(404,
                "{\"errors\":[{\"code\":\"NAME_UNKNOWN\",\"message\":\"no such repository\"}]}"))) {
            assertThatThrownBy(() -> push(registry.client(), MIDDLE, PushHint.NONE)).isInstanceOf(
                    OciException.class).hasMessageContaining("create it first");
        }
    }

    /** Takes blobs with the POST, and mounts. */
    private MockResponse.Builder modern(RecordedRequest request) {
        String target = request.getTarget();
        if (request.getMethod().equals("POST") && target.contains("?digest=")) {
            blobs.add(digest(target));
            return answer(201);
        }
        return classic(request);
    }

    /** As distribution 2.8 does: a session for each POST, a mount only of what is there. */
    private MockResponse.Builder classic(RecordedRequest request) {
        String target = request.getTarget();
        return switch (request.getMethod()) {
            case "HEAD" -> answer(blobs.stream().anyMatch(target::endsWith) ? 200 : 404);
            case "POST" -> target.contains("from=test%2Fa") && blobs.contains(digest(target))
                    ? answer(201)
                    : answer(202).setHeader("Location", "/v2/s?x=1");
            case "PUT" -> {
                blobs.add(digest(target));
                yield answer(201);
            }
            default -> answer(404);
        };
    }

    private static String digest(String target) {
        return target.replaceAll(".*sha256(?::|%3A)(\\w+).*", "$1");
    }

    private static long size(RecordedRequest request) {
        return request.getBodySize();
    }

    private static ScriptedRegistry registry(
            Function<RecordedRequest, MockResponse.Builder> script) {
        return new ScriptedRegistry(script);
    }

    private static String methods(ScriptedRegistry registry) {
        return String.join(" ", registry.requests()
                .stream()
                .map(RecordedRequest::getMethod)
                .toList());
    }

    private static Pushed push(RemoteRepository client, int size, PushHint hint) {
        return client.push(descriptor(size), Content.of(bytes(size)), hint);
    }

    private static Descriptor descriptor(int size) {
        return Descriptor.of(MediaType.OCTET_STREAM, bytes(size));
    }

    private static Bytes bytes(int size) {
        return Bytes.of(new byte[size]);
    }

    private static Content once(Bytes bytes, AtomicInteger opened) {
        return new Content() {
            @Override
            public InputStream open() {
                opened.incrementAndGet();
                return bytes.openStream();
            }

            @Override
            public boolean replayable() {
                return false;
            }
        };
    }
}
