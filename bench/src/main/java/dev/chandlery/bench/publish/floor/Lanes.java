package dev.chandlery.bench.publish.floor;

import dev.chandlery.bench.wire.Address;
import dev.chandlery.bench.wire.Connection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Work on several connections: each takes what is next. */
final class Lanes {
    private final int count;

    Lanes(int count) {
        this.count = count;
    }

    /** What is done with one thing. */
    @FunctionalInterface
    interface Task<T> {
        void act(Sockets sockets, T thing) throws IOException;
    }

    /** Connections of one lane, kept, one to each server. */
    static final class Sockets implements AutoCloseable {
        private final Map<Address, Connection> open = new HashMap<>();

        Connection to(Address address) throws IOException {
            Connection known = open.get(address);
            if (known == null) {
                known = Connection.open(address, "");
                open.put(address, known);
            }
            return known;
        }

        @Override
        public void close() throws IOException {
            for (Connection connection : open.values()) {
                connection.close();
            }
        }
    }

    /** Does all, in that order as far as it goes. */
    <T> void all(List<T> things, Task<T> task) throws IOException, InterruptedException {
        Queue<T> left = new ConcurrentLinkedQueue<>(things);
        Queue<IOException> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofPlatform().start(() -> work(left, failures, task)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw failures.element();
        }
    }

    private static <T> void work(Queue<T> left, Queue<IOException> failures, Task<T> task) {
        try (Sockets sockets = new Sockets()) {
            for (T next = left.poll(); next != null; next = left.poll()) {
                task.act(sockets, next);
            }
        } catch (IOException e) {
            failures.add(e);
            left.clear();
        }
    }
}
