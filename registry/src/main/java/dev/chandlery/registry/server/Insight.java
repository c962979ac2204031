package dev.chandlery.registry.server;

import dev.chandlery.registry.route.RequestObserver;
import java.util.List;

/**
 * What is shown of a running registry.
 *
 * @param observers told of all requests; not closed by the server
 * @param metrics whether metrics are kept and served
 */
public record Insight(List<RequestObserver> observers, boolean metrics) {
    /** Nothing. */
    public static final Insight NONE = new Insight(List.of(), false);

    public Insight {
        observers = List.copyOf(observers);
    }
}
