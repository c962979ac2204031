package dev.chandlery.registry.limit;

/**
 * Requests per second, on average over some seconds.
 *
 * @param perCaller of one user or long-lived token, or of one address for those who are neither; 0 for any
 *     number
 * @param perAddress of one address, whoever asks from there; 0 for any number
 */
public record Rates(int perCaller, int perAddress) {
    /** As many as they like. */
    public static final Rates UNLIMITED = new Rates(0, 0);
}
