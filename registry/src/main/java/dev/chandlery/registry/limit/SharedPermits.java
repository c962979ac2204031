package dev.chandlery.registry.limit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Permits of something scarce, of which no caller has more than half. Thread-safe; nobody waits.
 *
 * <p><b>Concurrency:</b> a short section without I/O keeps count.
 */
public final class SharedPermits {
    /** None at all. */
    public static final Permit NONE = new SharedPermits(0).new Permit("", 0);

    private final long most;
    private long free;
    private final Map<String, Long> taken = new HashMap<>();

    /** That many; of a single one anybody may have it. */
    public SharedPermits(long count) {
        this.free = count;
        this.most = Math.max(1, count / 2);
    }

    /**
     * Some permits; the caller closes them. More than anybody may have are as many as anybody may have.
     *
     * @param caller who shall have them, as {@link dev.chandlery.registry.access.Caller#account} names it
     * @return empty when there are not so many, for that caller
     */
    public Optional<Permit> tryTake(String caller, long count) {
        long wanted = Math.min(count, most);
        synchronized (taken) {
            long has = taken.getOrDefault(caller, 0L);
            if (wanted > free || has + wanted > most) {
                return Optional.empty();
            }
            free -= wanted;
            taken.put(caller, has + wanted);
        }
        return Optional.of(new Permit(caller, wanted));
    }

    private void giveBack(String caller, long count) {
        synchronized (taken) {
            free += count;
            taken.computeIfPresent(caller, (_, has) -> has == count
                    ? null
                    : Long.valueOf(has - count));
        }
    }

    /** What one has; thread-safe, closed as often as one likes. */
    public final class Permit implements AutoCloseable {
        private final String caller;
        private long count;

        private Permit(String caller, long count) {
            this.caller = caller;
            this.count = count;
        }

        /** Gives back all but so many. */
        public synchronized void shrink(long rest) {
            if (rest < count) {
                giveBack(caller, count - rest);
                count = rest;
            }
        }

        @Override
        public void close() {
            shrink(0);
        }
    }
}
