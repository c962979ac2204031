package dev.chandlery.config;

import java.util.Comparator;

/**
 * Something in the configuration that is wrong, or that is understood but not yet supported.
 *
 * @param file as the user named it
 * @param line 1 for the first line, 0 when the whole file is meant
 * @param column 1 for the first column, 0 when the whole file is meant
 * @param path of keys, such as {@code repositories.tools.retention_days}; empty for the whole file
 * @param message what is wrong and what is expected; never holds a secret
 */
public record Problem(String file, int line, int column, String path, String message)
        implements
        Comparable<Problem> {

    private static final Comparator<Problem> ORDER = Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column)
            .thenComparing(Problem::path)
            .thenComparing(Problem::message);

    public Problem {
        if (line < 0 || column < 0) {
            throw new IllegalArgumentException("negative position " + line + ":" + column);
        }
    }

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    /** One line: {@code file:line:column: path: message}. */
    @Override
    public String toString() {
        String position = line == 0 ? "" : ":" + line + ":" + column;
        return file + position + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
