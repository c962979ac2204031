package dev.chandlery.oci.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.TransferException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskScopeTest {

    @Test
    void resultsComeInTheOrderOfForking() {
        CountDownLatch second = new CountDownLatch(1);
        try (TaskScope<String> scope = new TaskScope<>("test")) {
            scope.fork(() -> {
                second.await();
                return "first";
            });
            scope.fork(() -> {
                second.countDown();
                return "second";
            });
            assertThat(scope.join()).containsExactly("first", "second");
        }
    }

    @Test
    void firstFailureInterruptsTheOthers() {
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch running = new CountDownLatch(1);
        assertThatThrownBy(() -> failBesideASleeper(interrupted, running)).isInstanceOf(
                TransferException.class).hasMessage("broken");
        assertThat(interrupted).isTrue();
    }

    private static void failBesideASleeper(AtomicBoolean interrupted, CountDownLatch running) {
        try (TaskScope<String> scope = new TaskScope<>("test")) {
            scope.fork(() -> {
                running.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.set(true);
                }
                return "never used";
            });
            scope.fork(() -> {
                running.await();
                throw new TransferException("broken", null, false);
            });
            scope.join();
        }
    }

    @Test
    void whatComputesKeepsNoOtherFromRunning() {
        AtomicBoolean other = new AtomicBoolean();
        List<Integer> computing = IntStream.range(0, 2 * Runtime.getRuntime().availableProcessors())
                .boxed()
                .toList();
        TaskScope.mapAll("test", computing, _ -> TaskScope.compute("computing", () -> {
            Thread.ofVirtual().start(() -> other.set(true));
            while (!other.get() && !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            return Thread.currentThread().isVirtual();
        })).forEach(virtual -> assertThat(virtual).isFalse());
    }

    @Test
    void whatComputesIsInterruptedWithItsOwner() throws InterruptedException {
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch running = new CountDownLatch(1);
        Thread owner = Thread.ofVirtual()
                .start(() -> assertThatThrownBy(() -> TaskScope.compute(
                        "computing", () -> {
                            running.countDown();
                            while (!Thread.currentThread().isInterrupted()) {
                                Thread.onSpinWait();
                            }
                            interrupted.set(true);
                            return true;
                        })).isInstanceOf(OperationCancelledException.class));
        running.await();
        owner.interrupt();
        owner.join();
        assertThat(interrupted).isTrue();
    }

    @Test
    void interruptOfTheOwnerIsACancellation() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> TaskScope.mapAll("test", List.of(1), _ -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 1;
        })).isInstanceOf(OperationCancelledException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
