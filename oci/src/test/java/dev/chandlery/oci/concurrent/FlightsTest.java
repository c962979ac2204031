package dev.chandlery.oci.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.TransferException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class FlightsTest {
    private final Flights<String, Integer> flights = new Flights<>();

    @Test
    void afterAnEndedOneTheNextRunsAnew() {
        AtomicInteger runs = new AtomicInteger();
        assertThat(flights.join("a", runs::incrementAndGet)).isEqualTo(1);
        assertThat(flights.join("a", runs::incrementAndGet)).isEqualTo(2);
    }

    @Test
    void aFailureReachesTheOneThatFliesAndIsNotKept() {
        assertThatThrownBy(() -> flights.join("a", () -> {
            throw new TransferException("broken", null, true);
        })).hasMessage("broken");
        assertThat(flights.join("a", () -> 7)).isEqualTo(7);
    }

    @Test
    void whoWaitsForACancelledOneFliesItself() throws InterruptedException {
        CountDownLatch flying = new CountDownLatch(1);
        CountDownLatch cancel = new CountDownLatch(1);
        Thread leader = Thread.ofVirtual().start(() -> {
            try {
                flights.join("a", () -> {
                    flying.countDown();
                    awaitQuietly(cancel);
                    throw new OperationCancelledException("cancelled");
                });
            } catch (OperationCancelledException _) {
                // As asked for.
            }
        });
        flying.await();
        Thread waiting = Thread.ofVirtual().start(() -> flights.join("a", () -> 7));
        cancel.countDown();
        leader.join();
        waiting.join();
        assertThat(flights.join("a", () -> 8)).isEqualTo(8);
    }

    @Test
    void nobodyFliesBesideAnother() {
        AtomicInteger now = new AtomicInteger();
        var seen = TaskScope.mapAll("test", IntStream.range(0, 200).boxed().toList(),
                i -> flights.join("a", () -> {
                    int together = now.incrementAndGet();
                    LockSupport.parkNanos(1);
                    now.decrementAndGet();
                    return together;
                }));
        assertThat(seen).containsOnly(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
