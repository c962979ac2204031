package dev.chandlery.oci.http;

/**
 * Is told what happens on the wire: for reports, metrics, and to slow down where a server asks for it.
 *
 * <p><b>Concurrency:</b> called by all threads that send, before they go on: to return at once.
 */
@FunctionalInterface
public interface HttpListener {
    /** Listens to nothing. */
    HttpListener NONE = _ -> {};

    void on(HttpEvent event);

    /** Tells both, this one first. */
    default HttpListener and(HttpListener other) {
        return event -> {
            on(event);
            other.on(event);
        };
    }
}
