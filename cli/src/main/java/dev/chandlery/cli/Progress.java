package dev.chandlery.cli;

import java.util.function.Supplier;

/** Tells a person how a long run goes. Safe for use from several threads; all of it goes to {@code err}. */
public interface Progress extends AutoCloseable {

    /** Begins an item; the caller ends it by {@link Item#close}. */
    Item start(String label);

    /** A finished fact, on a line of its own. */
    void say(String line);

    /** Removes what is drawn. */
    @Override
    void close();

    /** One thing that is under way. */
    interface Item extends AutoCloseable {

        /** What is done with it now, such as {@code download}, and how many bytes that will be; -1 unknown. */
        void step(String name, long totalBytes);

        /** That many more bytes of the step are done. */
        void advance(long bytes);

        /**
         * How far it is, in a few words: asked for again and again, and shown beside what moves, or now and then
         * in a log. Nothing, where nobody looks.
         */
        default void tell(Supplier<String> words) {}

        @Override
        void close();
    }

    /** Bars on a terminal, plain lines elsewhere, nothing but {@link #say} lines when quiet. */
    static Progress on(Console console, boolean quiet) {
        if (quiet) {
            return new PlainProgress(_ -> {});
        }
        return console.interactive() ? new BarProgress(console) : new PlainProgress(console::note);
    }
}
