package dev.chandlery.registry.sql;

import dev.chandlery.oci.OciException;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.TransferException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What failures of databases mean. */
final class DatabaseFailures {
    private static final Set<String> LOST_RACE = Set.of("40001", "40P01");
    /** Shutting down, starting up, too many connections. */
    private static final Set<String> UNAVAILABLE = Set.of("57P01", "57P02", "57P03", "53300");
    private static final String CONNECTION_CLASS = "08";

    private DatabaseFailures() {}

    /** The failure as the rest of the registry knows it. */
    static OciException of(String verb, Exception failure) {
        String message = "cannot " + verb + " registry metadata: ";
        return isUnavailable(failure)
                ? new TransferException(message + "the database does not answer: " + reason(
                        failure), failure, true)
                : new StorageException(message + reason(failure), failure);
    }

    /** The innermost words about it. */
    static String reason(Throwable failure) {
        String reason = failure.toString();
        for (Throwable at = failure; at != null; at = at.getCause()) {
            reason = at.getMessage() == null ? reason : at.getMessage();
        }
        return reason;
    }

    /** Whether the transaction was taken back only because another one was in its way. */
    static boolean isLostRace(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql && sql.getSQLState() != null && LOST_RACE.contains(
                    sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a connection that was there is not any more: another one may do. */
    static boolean isBrokenConnection(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLTransientConnectionException) {
                return false; // none was to be had
            }
        }
        return isUnavailable(failure);
    }

    static boolean isUnavailable(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLTransientConnectionException
                    || (at instanceof SQLException sql && isUnavailable(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUnavailable(@Nullable String state) {
        return state != null && (state.startsWith(CONNECTION_CLASS) || UNAVAILABLE.contains(state));
    }
}
