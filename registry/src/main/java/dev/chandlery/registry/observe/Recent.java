package dev.chandlery.registry.observe;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is good for a while; while one thread finds it anew, others wait. */
public final class Recent<T> {
    private final Supplier<T> source;
    private final long nanos;
    private @Nullable T value;
    private long found;

    public Recent(Supplier<T> source, Duration lifetime) {
        this.source = source;
        this.nanos = lifetime.toNanos();
    }

    /** The value, found anew when it is too old. */
    public synchronized T get() {
        T known = value;
        if (known == null || System.nanoTime() - found > nanos) {
            known = source.get();
            value = known;
            found = System.nanoTime();
        }
        return known;
    }
}
