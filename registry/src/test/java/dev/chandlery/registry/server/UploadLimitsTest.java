package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.registry.http.PortChoice;
import dev.chandlery.registry.upload.UploadLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UploadLimitsTest {
    private static final String UPLOADS = "/v2/a/blobs/uploads/";
    private static final UploadLimits TIGHT = new UploadLimits(10, 2, Duration.ofHours(1), Duration
            .ofMillis(50));
    private static final Bytes TOO_LARGE = Bytes.ofUtf8("12345678901");

    @TempDir
    private Path folder;

    @Test
    void refusesABlobOverTheLimitHoweverItComes() {
        try (RunningRegistry registry = start(Clock.systemUTC())) {
            String location = begin(registry).headers().firstValue("Location").orElseThrow();
            assertThat(registry.call("PATCH", location).body(TOO_LARGE).send().statusCode())
                    .isEqualTo(413);
            HttpResponse<String> unannounced = registry.call("PATCH", location)
                    .body(BodyPublishers.ofByteArrays(List.of(TOO_LARGE.toArray())))
                    .send();
            assertThat(unannounced.statusCode()).isEqualTo(413);
            assertThat(unannounced.body()).contains("SIZE_INVALID", "at most 10 bytes");
            assertThat(registry.call("GET", location).send().headers().firstValue("Range"))
                    .contains("0-0");
        }
    }

    @Test
    void refusesMoreSessionsThanTheLimit() {
        try (RunningRegistry registry = start(Clock.systemUTC())) {
            assertThat(begin(registry).statusCode()).isEqualTo(202);
            assertThat(begin(registry).statusCode()).isEqualTo(202);
            HttpResponse<String> third = begin(registry);
            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(third.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void letsOneRequestWriteAtATime() throws IOException {
        try (RunningRegistry registry = start(Clock.systemUTC());
                Socket slow = new Socket(InetAddress.getLoopbackAddress(), registry.server()
                        .address()
                        .port())) {
            String location = begin(registry).headers().firstValue("Location").orElseThrow();
            slow.getOutputStream()
                    .write(("PATCH " + location
                            + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhello")
                            .getBytes(
                                    StandardCharsets.US_ASCII));
            Path staged = folder.resolve("uploads").resolve(location.substring(UPLOADS.length()));
            Awaitility.await().until(() -> staged.toFile().length() == 5);
            HttpResponse<String> second = registry.call("PATCH", location)
                    .body(Bytes.ofUtf8("x"))
                    .send();
            assertThat(second.statusCode()).isEqualTo(409);
            assertThat(second.body()).contains("another request");
        }
    }

    @Test
    void dropsSessionsThatNobodyContinued() {
        String location;
        try (RunningRegistry registry = start(Clock.systemUTC())) {
            location = begin(registry).headers().firstValue("Location").orElseThrow();
            registry.call("PATCH", location).body(Bytes.ofUtf8("hello")).send();
        }
        Clock later = Clock.fixed(Instant.now().plus(Duration.ofHours(2)), ZoneOffset.UTC);
        try (RunningRegistry registry = start(later)) {
            assertThat(registry.call("GET", location).send().statusCode()).isEqualTo(404);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(folder.resolve("uploads"))
                            .isEmptyDirectory());
        }
    }

    private RunningRegistry start(Clock clock) {
        return RunningRegistry.start(folder, ServerOptions.loopback(PortChoice.ANY)
                .withLimits(
                        TIGHT)
                .withClock(clock));
    }

    private static HttpResponse<String> begin(RunningRegistry registry) {
        return registry.call("POST", UPLOADS).send();
    }
}
