package dev.chandlery.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Lets a command tidy up when its process is asked to end, by Ctrl-C or SIGTERM: interrupts the command's thread
 * and waits for it a while. The exit code is the JVM's own then: 128 and the signal's number, 130 for Ctrl-C.
 *
 * <p><b>Concurrency:</b> made and closed by the command's thread; the JVM calls the rest by another.
 */
final class Interruption {
    /** Longer than a request takes to notice, shorter than those who send signals wait before they kill. */
    private static final long PATIENCE_SECONDS = 8;

    private final Thread command;
    private final Consumer<String> told;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "interruption");

    private Interruption(Thread command, Consumer<String> told) {
        this.command = command;
        this.told = told;
    }

    /**
     * From now on the current thread is interrupted when the process is to end.
     *
     * @param told takes a line, when the command did not end in time
     */
    static Interruption watch(Consumer<String> told) {
        Interruption interruption = new Interruption(Thread.currentThread(), told);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** The command has ended, and has tidied up. */
    void end() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            return; // the process is ending already
        }
    }

    private void interrupt() {
        command.interrupt();
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                told.accept("interrupted; it did not end within " + PATIENCE_SECONDS
                        + " s, so the next run removes what it leaves");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
