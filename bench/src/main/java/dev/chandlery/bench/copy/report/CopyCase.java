package dev.chandlery.bench.copy.report;

import dev.chandlery.bench.copy.client.CopyTask.State;

/**
 * Under what copies are compared.
 *
 * @param load name of the stock
 * @param roundTripMillis of the network
 */
public record CopyCase(String load, int roundTripMillis, State state) {
    @Override
    public String toString() {
        return load + ", " + state.words() + ", " + (roundTripMillis == 0
                ? "plain loopback"
                : roundTripMillis + " ms of round trip");
    }
}
