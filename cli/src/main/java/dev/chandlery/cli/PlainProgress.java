package dev.chandlery.cli;

import java.util.function.Consumer;

/** One line for each finished fact, for logs and pipes. */
final class PlainProgress implements Progress {
    private final Consumer<String> lines;

    PlainProgress(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public Item start(String label) {
        return new Item() {
            @Override
            public void step(String name, long totalBytes) {
                // Only what is finished is worth a line in a log.
            }

            @Override
            public void advance(long bytes) {
                // As above.
            }

            @Override
            public void close() {
                // Nothing is drawn.
            }
        };
    }

    @Override
    public void say(String line) {
        lines.accept(line);
    }

    @Override
    public void close() {
        // Nothing is drawn.
    }
}
