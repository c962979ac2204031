package dev.chandlery.registry.metadata;

/** Content's bytes in storage, as seen while nothing can remove them. */
@FunctionalInterface
public interface Presence {

    /**
     * Sees to it that the bytes are there: places them again when a collection took them away. Called
     * inside of what records the content, so it does not wait for clients.
     */
    void secure();
}
