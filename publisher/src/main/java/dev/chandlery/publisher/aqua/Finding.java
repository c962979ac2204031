package dev.chandlery.publisher.aqua;

/**
 * Something of a definition that a reviewer must know.
 *
 * @param file of the definition, as it was found
 * @param line in it, 1 for the first
 * @param what key or expression
 * @param why what became of it, and why
 * @param lost whether the entry says less than the definition did
 */
public record Finding(String file, int line, String what, String why, boolean lost) {

    /** As {@code file:line: what: why}. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + what + ": " + why;
    }
}
