package dev.chandlery.config.operation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a scheduler does by itself. */
public enum JobKind {
    /** Asks the registries whether they are well. */
    HEALTH,
    /** Looks for releases that are not published; writes nothing. */
    DETECT,
    /** Publishes what is missing. */
    PUBLISH,
    /** Drops what was not used for long from the local cache. */
    CACHE_CLEANUP,
    /** Removes versions that are older than their group keeps them. */
    RETENTION,
    /** Frees the space of what nothing names in the embedded registry. */
    GARBAGE_COLLECTION,
    /** Brings backup registries and mirrors up to date. */
    MIRROR,
    /** Checks what is published against its evidence. */
    VERIFY,
    /** Checks whether upstream changed what was accepted. */
    DRIFT;

    /** As commands take it and results show it: {@code cache-cleanup}. */
    public String label() {
        return key().replace('_', '-');
    }

    /** As registry.yaml has it: {@code cache_cleanup}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The job of that label or key. */
    public static Optional<JobKind> find(String text) {
        String label = text.toLowerCase(Locale.ROOT).replace('_', '-');
        return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
    }
}
