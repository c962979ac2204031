package dev.chandlery.cli;

import dev.chandlery.oci.ErrorKind;

/** How a command ended, as scripts see it. */
public enum ExitCode {
    /** All that was asked is done, or there was nothing to do. */
    DONE(0),
    /** Nothing of what was asked could be done. */
    FAILED(1),
    /** The command line or registry.yaml is wrong. */
    USAGE(2),
    /** Some of it was done, some failed. */
    PARTLY(3),
    /** Interrupted by the user. */
    INTERRUPTED(130);

    /** With {@code --detailed-exitcode}: the dry run found something to do. */
    public static final ExitCode CHANGES_PENDING = USAGE;

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The code of a command that ended with that kind of failure. */
    public static ExitCode of(ErrorKind kind) {
        return switch (kind) {
            case INVALID_REFERENCE -> USAGE;
            case CANCELLED -> INTERRUPTED;
            case NOT_FOUND, CONTENT_MISMATCH, MALFORMED_CONTENT, UNTRUSTED, RESPONSE, UNAUTHORIZED,
                    TRANSFER,
                    UNSUPPORTED, LIMIT_EXCEEDED, STORAGE -> FAILED;
        };
    }

    /** Of a run over several items. */
    public static ExitCode ofItems(int done, int failed) {
        if (failed == 0) {
            return DONE;
        }
        return done == 0 ? FAILED : PARTLY;
    }
}
