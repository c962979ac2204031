package dev.chandlery.registry.blob;

import java.util.List;

/** Tells failures for want of room from others, by what the system and SQLite say. */
public final class FullStorage {
    /** The last one is of limits on single files, which file systems and the system's own settings have. */
    private static final List<String> WORDS = List.of("No space left on device", "SQLITE_FULL",
            "Disk quota exceeded", "File too large");

    private FullStorage() {}

    /** Whether that was the cause. */
    public static boolean caused(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            String message = String.valueOf(at.getMessage());
            if (WORDS.stream().anyMatch(message::contains)) {
                return true;
            }
        }
        return false;
    }
}
