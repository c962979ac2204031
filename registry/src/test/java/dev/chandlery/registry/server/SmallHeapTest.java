package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Registry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that ask for much and read nothing, at a registry with little memory and one processor. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class SmallHeapTest {
    private static final int CLIENTS = 80;
    private static final int RECEIVE_BYTES = 4096;
    private static final int REFUSED = 404;
    private static final int BUSY = 429;

    @TempDir
    private Path folder;
    private ChildRegistry registry;
    private PlainClient client;
    private final List<Socket> sockets = new ArrayList<>();

    @BeforeEach
    void start() {
        registry = ChildRegistry.serveSmall(folder);
        client = PlainClient.of(registry.registry());
    }

    @AfterEach
    void stop() throws IOException {
        hangUp();
        client.close();
        registry.close();
    }

    @Test
    void goesOnWhenNobodyReadsWhatIsAttached() throws IOException {
        Digest config = client.pushBlob("a", Bytes.ofUtf8("{}"));
        Digest subject = Bytes.ofUtf8("nobody").digest();
        for (int i = 0; i < 4; i++) {
            client.pushManifest("a", "v" + i, Manifests.IMAGE, Manifests.attached(config, subject,
                    "a/b", i + "x".repeat(3_500_000)));
        }
        String referrers = "/v2/a/referrers/" + subject;
        askWithoutReading(referrers);
        assertServes();
        hangUp();
        HttpResponse<String> page = untilAnswered(referrers);
        assertThat(page.body()).contains("note");
        assertThat(page.headers().firstValue("Link")).isPresent();
    }

    @Test
    void goesOnWhenNobodyReadsTags() throws IOException {
        Digest config = client.pushBlob("a", Bytes.ofUtf8("{}"));
        for (int i = 0; i < 60; i++) {
            StringBuilder tags = new StringBuilder("v1?tag=v2");
            for (int k = 0; k < 60; k++) {
                tags.append("&tag=").append("t".repeat(110)).append(i * 60 + k);
            }
            client.pushManifest("a", tags.toString(), Manifests.IMAGE, Manifests.image(config, 2,
                    ""));
        }
        askWithoutReading("/v2/a/tags/list");
        assertServes();
        hangUp();
        assertThat(untilAnswered("/v2/a/tags/list").body()).contains("ttt");
    }

    @Test
    void othersAreServedWhileHundredsOfManifestsCome() throws InterruptedException {
        StringBuilder layers = new StringBuilder();
        for (int i = 0; layers.length() < 250_000; i++) {
            layers.append(i == 0 ? "" : ",")
                    .append("{\"mediaType\":\"a/b\",\"size\":1,\"digest\":\"")
                    .append(Bytes.ofUtf8("layer " + i).digest())
                    .append("\"}");
        }
        Digest config = Bytes.ofUtf8("{}").digest();
        Bytes manifest = Bytes.ofUtf8(Manifests.image(config, 2, "")
                .utf8()
                .replace("[]", "["
                        + layers + "]"));
        Map<Integer, Integer> answers = new ConcurrentHashMap<>();
        List<Thread> pushes = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            pushes.add(Thread.ofVirtual()
                    .start(() -> answers.merge(put(manifest), 1, Integer::sum)));
        }
        try (PlainClient other = PlainClient.of(registry.registry())) {
            while (pushes.stream().anyMatch(Thread::isAlive)) {
                int before = answers.getOrDefault(REFUSED, 0);
                assertThat(other.call("GET", "/v2/").send().statusCode()).isEqualTo(200);
                assertThat(answers.getOrDefault(REFUSED, 0) - before).as(
                        "manifests that were worked on before").isLessThan(60);
            }
        }
        for (Thread push : pushes) {
            push.join();
        }
        assertThat(answers).containsOnlyKeys(REFUSED, BUSY);
        assertThat(answers.get(REFUSED)).isGreaterThan(10);
    }

    private int put(Bytes manifest) {
        return client.call("PUT", "/v2/a/manifests/v1")
                .header("Content-Type", Manifests.IMAGE)
                .body(manifest)
                .send()
                .statusCode();
    }

    private void askWithoutReading(String target) throws IOException {
        Registry address = registry.registry();
        for (int i = 0; i < CLIENTS; i++) {
            Socket socket = new Socket();
            sockets.add(socket);
            socket.setReceiveBufferSize(RECEIVE_BYTES);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), address
                    .port()));
            socket.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(
                            StandardCharsets.US_ASCII));
        }
        for (Socket socket : sockets) { // all have an answer, whatever it is
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
    }

    private void assertServes() {
        for (int i = 0; i < 20; i++) {
            assertThat(client.call("GET", "/v2/").send().statusCode()).isEqualTo(200);
            Digest blob = client.pushBlob("b", Bytes.ofUtf8("blob " + i));
            assertThat(client.call("GET", "/v2/b/blobs/" + blob).send().statusCode()).isEqualTo(
                    200);
        }
    }

    private HttpResponse<String> untilAnswered(String target) {
        while (true) {
            HttpResponse<String> answer = client.call("GET", target).send();
            if (answer.statusCode() != 429) {
                assertThat(answer.statusCode()).isEqualTo(200);
                return answer;
            }
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        }
    }

    private void hangUp() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }
}
