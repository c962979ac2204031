package dev.chandlery.publisher.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.concurrent.TaskScope;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FlowTest {
    private static final long MIB = 1L << 20;

    @Test
    void theLargestGoFirstAndEachFourthIsTheSmallest() {
        Admission gate = new Admission(1, 0, 7);
        List<Long> order = new CopyOnWriteArrayList<>();

        TaskScope.mapAll("items", LongStream.of(3, 1, 2, 9, 5, 4, 7).boxed().toList(), size -> {
            try (Admission.Place _ = gate.enter(OptionalLong.of(size))) {
                order.add(size);
                return true;
            }
        });

        assertThat(order).containsExactly(9L, 7L, 5L, 1L, 4L, 3L, 2L);
    }

    @Test
    void manySmallOnesAreUnderWayAndFewLargeOnes() throws InterruptedException {
        assertThat(atATime(2, 100, LongStream.generate(() -> 20).limit(9))).isEqualTo(5);
        assertThat(atATime(2, 100, LongStream.generate(() -> 80).limit(9))).isEqualTo(2);
        assertThat(atATime(2, 100, LongStream.of(500, 90, 90))).isEqualTo(2);
    }

    /** How many are let in before the first leaves. */
    private static int atATime(int least, long room, LongStream sizes)
            throws InterruptedException {
        List<Long> all = sizes.boxed().toList();
        Admission gate = new Admission(least, room, all.size());
        Semaphore inside = new Semaphore(0);
        List<Thread> threads = all.stream()
                .map(size -> Thread.ofVirtual().start(() -> {
                    try (Admission.Place _ = gate.enter(OptionalLong.of(size))) {
                        inside.release();
                        new CountDownLatch(1).await();
                    } catch (InterruptedException | OperationCancelledException _) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .toList();
        inside.acquire();
        int count = gate.inside();
        threads.reversed().forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join();
        }
        return count;
    }

    @Test
    void whoIsInterruptedWhileWaitingTakesNobodysPlace() throws InterruptedException {
        Admission gate = new Admission(1, 0, 1);
        Admission.Place first = gate.enter(OptionalLong.of(7));
        Thread waiting = Thread.ofVirtual().start(() -> {
            assertThatThrownBy(() -> gate.enter(OptionalLong.empty())).isInstanceOf(
                    OperationCancelledException.class);
        });
        waiting.interrupt();
        waiting.join();

        first.close();
        gate.enter(OptionalLong.of(1)).close();
    }

    @Test
    void nobodyWhoOnlyTriesOvertakesOthers() throws InterruptedException {
        Gate gate = Gate.of(1);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Thread holder = Thread.ofVirtual().start(() -> gate.run(() -> {
            inside.countDown();
            awaitQuietly(leave);
        }));
        inside.await();
        assertThat(gate.tryEnter()).isFalse();
        leave.countDown();
        holder.join();
        assertThat(gate.tryEnter()).isTrue();
    }

    @Test
    void packingIsBoundedByProcessorsAndMemory() {
        assertThat(Flow.packs(8, 2, 4096 * MIB)).isEqualTo(2);
        assertThat(Flow.packs(64, 64, 256 * MIB)).isEqualTo(2);
        assertThat(Flow.packs(1, 64, 4096 * MIB)).isEqualTo(1);
        assertThat(Flow.packs(8, 8, 64 * MIB)).isEqualTo(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
