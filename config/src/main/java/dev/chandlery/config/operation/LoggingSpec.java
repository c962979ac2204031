package dev.chandlery.config.operation;

import java.nio.file.Path;

/**
 * What programs log.
 *
 * @param level from which messages are written
 * @param format of a line
 * @param auditEnabled whether writes are recorded in the audit log
 * @param auditFolder where the publisher's audit log is kept
 * @param auditRetentionDays days that the audit log is kept
 */
public record LoggingSpec(Level level, Format format, boolean auditEnabled, Path auditFolder,
        int auditRetentionDays) {

    /** Importance of a message, most important first. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    /** How a line looks. */
    public enum Format {
        TEXT,
        JSON
    }
}
