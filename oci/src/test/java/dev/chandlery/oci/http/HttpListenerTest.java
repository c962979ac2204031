package dev.chandlery.oci.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.http.TransportOptions.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of the wire. */
class HttpListenerTest {
    private static final RetryPolicy QUICK = new RetryPolicy(3, Duration.ofMillis(2),
            Duration.ofMillis(4), Duration.ofSeconds(1));

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final List<HttpEvent> events = new CopyOnWriteArrayList<>();

    @Test
    void eachAnswerIsTold() {
        server.enqueue(new MockResponse.Builder().code(201).body("made").build());
        Bytes body = Bytes.ofUtf8("content");
        send(HttpCall.of("PUT", server.url("/a").uri())
                .withBody(Content.of(body), body.size(), MediaType.OCTET_STREAM));

        assertThat(events).singleElement()
                .isInstanceOfSatisfying(HttpEvent.Answered.class,
                        answered -> {
                            assertThat(answered.origin()).isEqualTo(Origin.of(server.url("/")
                                    .uri()));
                            assertThat(answered.method()).isEqualTo("PUT");
                            assertThat(answered.status()).isEqualTo(201);
                            assertThat(answered.sentBytes()).isEqualTo(7);
                            assertThat(answered.statedBytes()).isEqualTo(OptionalLong.of(4));
                            assertThat(answered.took()).isPositive();
                        });
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 429, 503})
    void throttlingAndRepetitionAreTold(int status) {
        server.enqueue(new MockResponse.Builder().code(status)
                .setHeader("Retry-After", "0")
                .build());
        server.enqueue(new MockResponse.Builder().code(200).build());
        URI uri = server.url("/a").uri();
        send(HttpCall.get(uri));

        Origin origin = Origin.of(uri);
        assertThat(events).filteredOn(e -> !(e instanceof HttpEvent.Answered))
                .containsExactly(new HttpEvent.Throttled(origin, "GET", status, Duration.ZERO),
                        new HttpEvent.Repeated(origin, "GET", 1));
        assertThat(events).last().isInstanceOf(HttpEvent.Answered.class);
    }

    @ParameterizedTest
    @CsvSource({"X-RateLimit-Remaining,4999,4999,X-RateLimit-Limit,5000,5000",
            "ratelimit-remaining,76;w=21600,76,ratelimit-limit,100;w=21600,100",
            "RateLimit-Remaining,0,0,Other,1,"})
    void quotasAreTold(String leftName, String left, long leftTold, String limitName, String limit,
            @Nullable Long told) {
        server.enqueue(new MockResponse.Builder().addHeader(leftName, left)
                .addHeader(limitName, limit)
                .build());
        URI uri = server.url("/a").uri();
        send(HttpCall.get(uri));
        assertThat(events).last()
                .isEqualTo(new HttpEvent.Quota(Origin.of(uri), "GET", leftTold, told == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(told)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "many", "-1", "9999999999999999999999"})
    void quotasThatAreNoNumbersAreNone(String left) {
        server.enqueue(new MockResponse.Builder().addHeader("X-RateLimit-Remaining", left)
                .build());
        send(HttpCall.get(server.url("/a").uri()));
        assertThat(events).singleElement().isInstanceOf(HttpEvent.Answered.class);
    }

    @Test
    void refusalIsNoThrottling() {
        server.enqueue(new MockResponse.Builder().code(403).build());
        send(HttpCall.get(server.url("/a").uri()));
        assertThat(events).singleElement().isInstanceOf(HttpEvent.Answered.class);
    }

    @Test
    void bothListenersAreTold() {
        List<HttpEvent> other = new CopyOnWriteArrayList<>();
        HttpEvent event = new HttpEvent.Repeated(Origin.parse("https://registry.example"), "GET",
                1);
        HttpListener both = events::add;
        both.and(other::add).on(event);
        assertThat(events).isEqualTo(other).containsExactly(event);
    }

    private void send(HttpCall call) {
        try (HttpTransport transport = new HttpTransport(TransportOptions.DEFAULT.withRetry(QUICK)
                .withListener(events::add)); HttpReply reply = transport.send(call)) {
            assertThat(reply.status()).isPositive();
        }
    }
}
