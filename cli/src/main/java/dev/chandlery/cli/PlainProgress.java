package dev.chandlery.cli;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One line for each finished fact, for logs and pipes; and one a minute for what takes long and can tell how far
 * it is, as a log that stands still looks like a program that does.
 *
 * <p><b>Concurrency:</b> safe; lines are written by whoever says them, and by a thread of its own.
 */
final class PlainProgress implements Progress {
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final Consumer<String> lines;
    private final Set<Told> told = Collections.synchronizedSet(new LinkedHashSet<>());
    private final Thread teller;

    PlainProgress(Consumer<String> lines) {
        this(lines, PERIOD);
    }

    PlainProgress(Consumer<String> lines, Duration period) {
        this.lines = lines;
        this.teller = Thread.ofVirtual().name("progress").start(() -> tell(period));
    }

    @Override
    public Item start(String label) {
        Told item = new Told(label);
        told.add(item);
        return item;
    }

    @Override
    public void say(String line) {
        lines.accept(line);
    }

    @Override
    public void close() {
        teller.interrupt();
    }

    private void tell(Duration period) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(period);
                List.copyOf(told).forEach(item -> item.line().ifPresent(lines));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private final class Told implements Item {
        private final String label;
        private volatile @Nullable Supplier<String> state;

        Told(String label) {
            this.label = label;
        }

        Optional<String> line() {
            Supplier<String> words = state;
            return words == null
                    ? Optional.empty()
                    : Optional.of(label + ": " + words.get());
        }

        @Override
        public void step(String name, long totalBytes) {
            // Only what is finished is worth a line in a log.
        }

        @Override
        public void advance(long bytes) {
            // As above.
        }

        @Override
        public void tell(Supplier<String> words) {
            state = words;
        }

        @Override
        public void close() {
            told.remove(this);
        }
    }
}
