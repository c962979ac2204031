package dev.chandlery.oci.http;

import java.time.Duration;

/** Waits, and tells the time; a fake in tests. */
interface Pause {
    Pause REAL = new Pause() {
        @Override
        public void sleep(Duration duration) throws InterruptedException {
            Thread.sleep(duration);
        }

        @Override
        public long nowMillis() {
            return System.currentTimeMillis();
        }
    };

    void sleep(Duration duration) throws InterruptedException;

    /** Milliseconds since 1970. */
    long nowMillis();
}
