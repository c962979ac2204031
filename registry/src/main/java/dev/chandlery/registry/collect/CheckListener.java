package dev.chandlery.registry.collect;

/** Who follows a check. */
@FunctionalInterface
public interface CheckListener {

    /** Told of each thing that is found, after its repair if one was asked for. */
    void found(Finding finding);

    /** Asked between two things: whether to end now. */
    default boolean isStopped() {
        return false;
    }
}
