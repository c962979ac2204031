package dev.chandlery.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A command cannot go on; what to tell the user, and with which exit code it ends. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final @Nullable String hint;

    public CommandException(ExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    /** @param hint what the user may do about it; null when we know nothing */
    public CommandException(ExitCode exitCode, String message, @Nullable String hint) {
        super(message);
        this.exitCode = exitCode;
        this.hint = hint;
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    public Optional<String> hint() {
        return Optional.ofNullable(hint);
    }
}
