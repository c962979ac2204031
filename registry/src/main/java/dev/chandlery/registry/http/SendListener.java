package dev.chandlery.registry.http;

/** Told when a response has gone out, or could not. */
@FunctionalInterface
public interface SendListener {
    /** Does not care. */
    SendListener NONE = (_, _, _) -> {};

    /**
     * The end of an exchange; called once, must not throw.
     *
     * @param received bytes of the request's body that were read
     * @param sent bytes of the response's body
     * @param complete false when the client went away, or stored content could not be read to its end
     */
    void sent(long received, long sent, boolean complete);
}
