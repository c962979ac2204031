package dev.chandlery.registry.route;

import dev.chandlery.registry.collect.Removed;
import java.util.List;

/** Sees all requests and what became of them, and what goes without one: logs and metrics. Thread-safe; must not throw. */
public interface RequestObserver {
    /** The answer is known, and not one byte of it sent. */
    default void answered(Served served) {}

    /** The answer has been sent, as far as the client took it. */
    default void sent(Served served, Transfer transfer) {}

    /** The server refused a request before it was one, such as a malformed request line. */
    default void malformed(int status) {}

    /** The registry took something away by itself: what nobody needed, or what a policy says. */
    default void removed(Removed what) {}

    /**
     * What went over the wire.
     *
     * @param received bytes of the request's body
     * @param sent bytes of the response's body
     * @param nanos from the request's header to the response's last byte
     * @param complete false when the client went away
     */
    record Transfer(long received, long sent, long nanos, boolean complete) {}

    /** All of them, in turn. */
    static RequestObserver all(List<RequestObserver> observers) {
        List<RequestObserver> each = List.copyOf(observers);
        return new RequestObserver() {
            @Override
            public void answered(Served served) {
                each.forEach(observer -> observer.answered(served));
            }

            @Override
            public void sent(Served served, Transfer transfer) {
                each.forEach(observer -> observer.sent(served, transfer));
            }

            @Override
            public void malformed(int status) {
                each.forEach(observer -> observer.malformed(status));
            }

            @Override
            public void removed(Removed what) {
                each.forEach(observer -> observer.removed(what));
            }
        };
    }
}
