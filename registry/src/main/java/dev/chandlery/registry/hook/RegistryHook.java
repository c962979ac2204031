package dev.chandlery.registry.hook;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Asked before and told after everything that is written or deleted. Implementations on the class path are
 * found by {@link java.util.ServiceLoader} and asked in turn. Thread-safe; called on the request's own thread,
 * so that whatever waits makes the client wait.
 */
public interface RegistryHook {
    /**
     * May refuse the change; nothing of it is recorded then. What is thrown refuses it too, with an answer
     * that tells nothing of it.
     *
     * @return why it is refused, in words for the client; empty to let it pass
     */
    default Optional<String> before(Change change) {
        return Optional.empty();
    }

    /**
     * How large a blob may be that is being received; asked when its bytes begin to come and again after each
     * MiB, so that what {@link #before} would refuse is not received to its end.
     *
     * @param change a push with the size of what has come so far, and an empty target when its digest is not
     *     known yet
     * @return in bytes; empty for any size
     */
    default OptionalLong room(Change change) {
        return OptionalLong.empty();
    }

    /**
     * The end of each change that {@link #before} of this hook let pass.
     *
     * @param done false when it was refused by another hook, or failed
     */
    default void after(Change change, boolean done) {}
}
