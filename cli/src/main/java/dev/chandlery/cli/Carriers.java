package dev.chandlery.cli;

/**
 * The system's threads that run the virtual ones. A single one, as on one processor, runs what becomes ready on it
 * before all that comes from elsewhere: virtual threads that wait for each other in a long line, such as large
 * manifests that are understood one by one, would keep every new request waiting for the last of them.
 */
final class Carriers {
    private static final String PROPERTY = "jdk.virtualThreadScheduler.parallelism";
    private static final int LEAST = 2;

    private Carriers() {}

    /** Sees to it that there are several; before the first virtual thread of the process begins. */
    static void several() {
        if (Runtime.getRuntime().availableProcessors() < LEAST && System.getProperty(
                PROPERTY) == null) {
            System.setProperty(PROPERTY, Integer.toString(LEAST));
        }
    }
}
