package dev.chandlery.registry.collect;

/** Who follows a collection or a check, and may end it. */
public interface Progress {
    /** Nobody. */
    Progress SILENT = new Progress() {};

    /** Asked between transactions: whether to end now; what was done until then is reported. */
    default boolean isStopped() {
        return false;
    }

    /** Told after each thing that went; in a dry run, of each that would go. */
    default void removed(Removed what) {}
}
