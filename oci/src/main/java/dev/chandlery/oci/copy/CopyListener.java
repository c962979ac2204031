package dev.chandlery.oci.copy;

/** Is told what a run does; called from many threads at once, and must not block. */
@FunctionalInterface
public interface CopyListener {

    void on(CopyEvent event);

    /** Both are told. */
    default CopyListener and(CopyListener other) {
        return event -> {
            on(event);
            other.on(event);
        };
    }
}
