package dev.chandlery.registry.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.http.Peer;
import dev.chandlery.registry.refusal.RefusedException;
import java.io.InputStream;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LargeManifestsTest {
    private final LargeManifests manifests = new LargeManifests(2, 1);

    private static HttpRequest request(OptionalLong length) {
        return new HttpRequest("PUT", "/", "", HeaderFields.NONE, length, InputStream
                .nullInputStream(), new Peer("", false));
    }

    private static HttpRequest large() {
        return request(OptionalLong.of(4 * 1024 * 1024));
    }

    @Test
    void refusesMoreThanThereArePlaces() {
        try (var _ = manifests.place(large());
                var _ = manifests.place(request(OptionalLong
                        .empty()))) {
            assertThatThrownBy(() -> manifests.place(large())).isInstanceOf(
                    RefusedException.class).hasMessageContaining("too many large ones");
            manifests.place(request(OptionalLong.of(1000))).close();
        }
        manifests.place(large()).close();
    }

    @Test
    void oneAfterTheOtherHasItsTurn() throws InterruptedException {
        Thread second;
        try (var first = manifests.place(large())) {
            first.awaitTurn();
            second = Thread.ofVirtual().start(() -> {
                try (var place = manifests.place(large())) {
                    place.awaitTurn();
                }
            });
            while (second.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            assertThat(second.isAlive()).isTrue();
        }
        second.join();
    }
}
