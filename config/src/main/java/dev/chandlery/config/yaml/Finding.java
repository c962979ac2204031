package dev.chandlery.config.yaml;

import org.yaml.snakeyaml.error.Mark;

/**
 * Something found while reading.
 *
 * @param line 1 for the first line, 0 when the whole file is meant
 * @param column 1 for the first column, 0 when the whole file is meant
 * @param path of keys, empty for the whole file
 * @param message never holds a secret
 */
public record Finding(int line, int column, String path, String message) {

    /** About the file as a whole. */
    public static Finding ofFile(String message) {
        return new Finding(0, 0, "", message);
    }

    static Finding at(Mark mark, String path, String message) {
        return new Finding(mark.getLine() + 1, mark.getColumn() + 1, path, message);
    }
}
