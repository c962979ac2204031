package dev.chandlery.manager.mirror;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.RegistryConnection.Access;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.config.endpoint.EndpointSpec;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.StorageException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads from the primary registry; where that cannot be reached, lacks what is asked for or serves wrong
 * bytes, from the backups in order of preference. The user is told.
 */
public final class Fallback {
    private final Session session;
    private final Console console;
    private final Access access;

    /** @param access to the registries */
    public Fallback(Session session, Console console, Access access) {
        this.session = session;
        this.console = console;
        this.access = access;
    }

    /** What is read of one registry; it may be tried on several. */
    @FunctionalInterface
    public interface Reading<T> {

        /**
         * Reads.
         *
         * @param registry stays the caller's to close
         */
        T from(RegistryConnection registry);
    }

    /**
     * What was read, and where.
     *
     * @param registry label of it
     */
    public record Found<T>(T value, String registry) {}

    /**
     * Reads from the first registry that can give it.
     *
     * @throws OciException or {@link CommandException} of the primary registry when none can
     */
    public <T> Found<T> read(Reading<T> reading) {
        List<EndpointSpec> registries = new ArrayList<>(session.config().backupRegistries());
        registries.addFirst(session.config().primaryRegistry());
        List<RuntimeException> failures = new ArrayList<>();
        for (EndpointSpec endpoint : registries) {
            try {
                Found<T> found = new Found<>(read(reading, endpoint), endpoint.label());
                if (!failures.isEmpty()) {
                    console.note("Note: read from backup registry " + found.registry());
                }
                return found;
            } catch (OciException | CommandException e) {
                if (!mayBeElsewhere(e)) {
                    throw e;
                }
                failures.add(e);
                if (registries.size() > 1) {
                    console.note(warning(endpoint, e));
                }
            }
        }
        throw failures.getFirst();
    }

    private <T> T read(Reading<T> reading, EndpointSpec endpoint) {
        RegistryConnection opened;
        try {
            opened = session.connect(endpoint, access);
        } catch (StorageException e) {
            throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
        try (RegistryConnection registry = opened) {
            return reading.from(registry);
        }
    }

    /** Wrong use and our own disk are the same wherever we read. */
    private static boolean mayBeElsewhere(RuntimeException failure) {
        return switch (failure) {
            case OperationCancelledException _ -> false;
            case OciException e -> switch (e.kind()) {
                case NOT_FOUND, CONTENT_MISMATCH, MALFORMED_CONTENT, UNTRUSTED, RESPONSE,
                        UNAUTHORIZED,
                        TRANSFER,
                        UNSUPPORTED, LIMIT_EXCEEDED -> true;
                case INVALID_REFERENCE, CANCELLED, STORAGE -> false;
            };
            case CommandException e -> e.exitCode() == ExitCode.FAILED;
            default -> false;
        };
    }

    private String warning(EndpointSpec endpoint, RuntimeException failure) {
        boolean wrong = failure instanceof OciException e && switch (e.kind()) {
            case CONTENT_MISMATCH, MALFORMED_CONTENT, UNTRUSTED -> true;
            case NOT_FOUND, RESPONSE, UNAUTHORIZED, TRANSFER, UNSUPPORTED, LIMIT_EXCEEDED,
                    INVALID_REFERENCE,
                    CANCELLED, STORAGE -> false;
        };
        return wrong
                ? console.alarming("WARNING: " + endpoint.label() + " SERVES WRONG CONTENT:") + " "
                        + failure.getMessage() + "; find out why before it is used again"
                : "Warning: " + endpoint.label() + ": " + failure.getMessage();
    }
}
