package dev.chandlery.registry.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.StorageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes that are made durable together are still all or nothing each. */
final class GroupCommitTest {
    private static final int WRITES = 20;
    private static final String ADD = "INSERT INTO registry_fact (name, value) VALUES (?, '')";

    @TempDir
    private Path folder;
    private SqlDatabase database;

    @BeforeEach
    void open() {
        database = ((SqlMetadata) SqliteMetadata.open(folder)).database();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void takesBackOnlyWhatFailed() {
        AtomicInteger failed = new AtomicInteger();
        inOneGroup(n -> {
            try {
                database.write(h -> {
                    h.execute(ADD, "fact " + n);
                    if (n % 3 == 0) {
                        throw new IllegalArgumentException("not this one");
                    }
                    return n;
                });
            } catch (IllegalArgumentException _) {
                failed.incrementAndGet();
            }
        });
        assertThat(failed).hasValue(7);
        assertThat(facts()).isEqualTo(13);
    }

    @Test
    void triesAllAloneWhenTheDatabaseGaveUpTheTransaction() {
        AtomicInteger failed = new AtomicInteger();
        inOneGroup(n -> {
            try {
                database.write(h -> {
                    if (n == 5) {
                        h.execute("ROLLBACK"); // as SQLite does itself when the disk is full
                        throw new IllegalArgumentException("disk full");
                    }
                    return h.execute(ADD, "fact " + n);
                });
            } catch (IllegalArgumentException | StorageException _) {
                failed.incrementAndGet();
            }
        });
        assertThat(failed).hasValue(1);
        assertThat(facts()).isEqualTo(WRITES - 1);
    }

    @Test
    void givesEachWhatItsWorkGave() {
        List<Integer> given = Collections.synchronizedList(new ArrayList<>());
        inOneGroup(n -> given.add(database.writeSoon(h -> h.execute(ADD, "fact " + n) + n)));
        assertThat(given).hasSize(WRITES).doesNotHaveDuplicates();
    }

    @Test
    void finishesBeforeItCloses() {
        database.write(h -> h.execute(ADD, "last"));
        database.close();
        assertThatThrownBy(() -> database.write(h -> 1)).isInstanceOf(StorageException.class)
                .hasMessageContaining("closed");
        open();
        assertThat(facts()).isEqualTo(1);
    }

    private int facts() {
        return database.read(h -> h.createQuery("SELECT COUNT(*) FROM registry_fact")
                .mapTo(Integer.class)
                .one());
    }

    private interface Step {
        void take(int n);
    }

    /** Lets all wait behind one write, so that they are done together. */
    private void inOneGroup(Step step) {
        CountDownLatch waiting = new CountDownLatch(1);
        Thread first = Thread.ofPlatform().start(() -> database.write(h -> awaitLatch(waiting)));
        Awaitility.await().until(() -> first.getState() == Thread.State.WAITING);
        List<Thread> others = new ArrayList<>();
        for (int i = 0; i < WRITES; i++) {
            int n = i;
            others.add(Thread.ofPlatform().start(() -> step.take(n)));
        }
        Awaitility.await()
                .until(() -> others.stream().allMatch(t -> t.getState() == Thread.State.WAITING));
        waiting.countDown();
        others.forEach(GroupCommitTest::join);
        join(first);
    }

    private static boolean awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
