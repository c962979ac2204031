package dev.chandlery.cli;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A few bars at the foot of a terminal, redrawn in place ten times a second.
 *
 * <p><b>Concurrency:</b> {@code lock} guards the set of items and all writes to the terminal; items count
 * bytes without it.
 */
final class BarProgress implements Progress {
    private static final long REDRAW_MILLIS = 100;
    private static final int MOST_BARS = 8;
    private static final int BAR_WIDTH = 24;
    private static final int LABEL_WIDTH = 40;

    /** Lines too long for the terminal are cut there: what wraps takes two lines, and only one is erased. */
    private static final String CUT = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";

    private final Object lock = new Object();
    private final Console console;
    private final Set<Bar> bars = new LinkedHashSet<>();
    private final Thread painter;
    private int drawn;

    BarProgress(Console console) {
        this.console = console;
        this.painter = Thread.ofVirtual().name("progress").start(this::paint);
    }

    @Override
    public Item start(String label) {
        Bar bar = new Bar(label);
        synchronized (lock) {
            bars.add(bar);
        }
        return bar;
    }

    @Override
    public void say(String line) {
        synchronized (lock) {
            erase();
            console.err().println(line);
            draw();
        }
    }

    @Override
    public void close() {
        painter.interrupt();
        synchronized (lock) {
            erase();
        }
    }

    private void paint() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(REDRAW_MILLIS);
                synchronized (lock) {
                    erase();
                    draw();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void erase() {
        console.err().print("\u001b[1A\u001b[2K".repeat(drawn));
        console.err().flush();
        drawn = 0;
    }

    private void draw() {
        StringBuilder text = new StringBuilder();
        bars.stream().limit(MOST_BARS).forEach(bar -> text.append(bar.line()).append('\n'));
        drawn = Math.min(bars.size(), MOST_BARS);
        console.err().print(CUT + text + WRAP);
        console.err().flush();
    }

    private final class Bar implements Item {
        private final String label;
        private final AtomicLong done = new AtomicLong();
        private volatile @Nullable String step;
        private volatile long total = -1;
        private volatile @Nullable Supplier<String> state;

        Bar(String label) {
            this.label = label;
        }

        @Override
        public void step(String name, long totalBytes) {
            done.set(0);
            total = totalBytes;
            step = name;
        }

        @Override
        public void advance(long bytes) {
            done.addAndGet(bytes);
        }

        @Override
        public void tell(Supplier<String> words) {
            state = words;
        }

        @Override
        public void close() {
            synchronized (lock) {
                bars.remove(this);
            }
        }

        String line() {
            Supplier<String> words = state;
            if (words != null) {
                return "  " + (step == null ? "" : step + " ") + words.get() + "  (" + label + ")";
            }
            String shown = label.length() <= LABEL_WIDTH ? label : label.substring(0, LABEL_WIDTH);
            return String.format(Locale.ROOT, "  %-" + LABEL_WIDTH + "s %-9s %s %s", shown,
                    step == null ? "" : step, meter(), done.get() == 0
                            ? ""
                            : Sizes.bytes(done
                                    .get()));
        }

        private String meter() {
            if (total <= 0) {
                return " ".repeat(BAR_WIDTH + 2);
            }
            int filled = (int) Math.min(BAR_WIDTH, done.get() * BAR_WIDTH / total);
            return "[" + "=".repeat(filled) + " ".repeat(BAR_WIDTH - filled) + "]";
        }
    }
}
