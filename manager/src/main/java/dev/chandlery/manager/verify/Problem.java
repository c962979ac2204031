package dev.chandlery.manager.verify;

import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.OciException;

/**
 * Something that is not as it must be.
 *
 * @param message what, where, and why; holds expected and actual
 * @param remedy what to do about it
 */
record Problem(String message, String remedy) {

    static Problem of(OciException failure, String remedy) {
        return new Problem(String.valueOf(failure.getMessage()), remedy);
    }

    /** What to throw when two things differ that must be the same. */
    static ContentMismatchException differs(String what, Object expected, Object actual) {
        return new ContentMismatchException(what, String.valueOf(expected), String.valueOf(actual));
    }
}
