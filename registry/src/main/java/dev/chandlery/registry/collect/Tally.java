package dev.chandlery.registry.collect;

/** How many things, and how many bytes they have. */
public record Tally(long count, long bytes) {
    public static final Tally NONE = new Tally(0, 0);

    Tally plus(long moreBytes) {
        return new Tally(count + 1, bytes + moreBytes);
    }

    Tally plus(Tally other) {
        return new Tally(count + other.count, bytes + other.bytes);
    }
}
