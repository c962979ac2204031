package dev.chandlery.scheduler.history;

import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;

/** Texts as they are kept. */
final class SqlTexts {
    private SqlTexts() {}

    /** What the database said, without the statement that it was asked. */
    static String cause(JdbiException failure) {
        Throwable cause = failure;
        while (!(cause instanceof SQLException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof SQLException
                ? String.valueOf(cause.getMessage())
                : String.valueOf(failure.getMessage());
    }

    /** At most so many characters, without U+0000, which PostgreSQL refuses. */
    static String bounded(String text, int most) {
        String clean = text.replace('\0', ' ');
        return clean.length() <= most ? clean : clean.substring(0, most - 1) + "…";
    }
}
