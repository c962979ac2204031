package dev.chandlery.registry.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.registry.refusal.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LargeManifestsTest {
    private static final int LARGE = LargeManifests.LARGE_BYTES + 1;
    private static final int MIDDLING = LargeManifests.MIDDLING_BYTES + 1;

    private final LargeManifests manifests = new LargeManifests(new LargeManifests.Capacity(8, 4, 1,
            1));

    private LargeManifests.Place place(String account, int bytes) {
        LargeManifests.Place place = manifests.place(account);
        boolean has = false;
        try {
            place.grown(bytes);
            has = true;
            return place;
        } finally {
            if (!has) {
                place.close();
            }
        }
    }

    @Test
    void refusesMoreThanHalfToOneCallerAndNoneToOthers() {
        try (var _ = place("a", LARGE); var _ = place("a", LARGE)) {
            assertThatThrownBy(() -> place("a", LARGE)).isInstanceOf(RefusedException.class)
                    .hasMessageContaining("too many large ones");
            place("a", MIDDLING).close();
            place("a", MIDDLING - 1).close();
            try (var _ = place("b", LARGE); var _ = place("b", LARGE)) {
                assertThatThrownBy(() -> place("c", LARGE)).isInstanceOf(RefusedException.class);
            }
            place("b", LARGE).close();
        }
        place("a", LARGE).close();
    }

    @Test
    void takesAPlaceWhenSoMuchHasCome() {
        try (var one = manifests.place("a");
                var two = manifests.place("a");
                var three = manifests.place("a")) {
            for (int size = 1000; size < LARGE; size += 1000) {
                one.grown(size);
                two.grown(size);
                three.grown(size);
            }
            one.grown(LARGE);
            two.grown(LARGE);
            assertThatThrownBy(() -> three.grown(LARGE)).isInstanceOf(RefusedException.class);
        }
    }

    @Test
    void oneAfterTheOtherHasItsTurn() throws InterruptedException {
        Thread second;
        try (var first = place("a", LARGE)) {
            first.awaitTurn();
            second = Thread.ofVirtual().start(() -> {
                try (var middling = place("b", MIDDLING)) {
                    middling.awaitTurn();
                }
            });
            while (second.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            assertThat(second.isAlive()).isTrue();
            try (var small = place("b", MIDDLING - 1)) {
                small.awaitTurn();
            }
        }
        second.join();
    }
}
