package dev.chandlery.testkit.contract;

import dev.chandlery.oci.content.Target;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;

/** The store that contract suites examine. */
public interface Subject {

    /** What a store may be unable to do; tests of it are then skipped, visibly. */
    enum Shortcoming {
        /** Content can only be addressed by SHA-256. */
        NO_SHA512,
        /** Tags cannot be removed by themselves. */
        NO_UNTAG,
        /** Tag lists come in another order than by bytes. */
        UNSORTED_TAGS,
        /** Asking for a blob as if it were a manifest is answered by an error that says nothing. */
        BLOB_AS_MANIFEST_FAILS,
        /** Manifests are refused for a moment while one of their blobs, which is there, is sent by somebody once more. */
        RESENT_BLOB_IS_AWAY
    }

    /** The store: the same one throughout a test, and empty at its start. */
    Target target();

    /** None, unless overridden. */
    default Set<Shortcoming> shortcomings() {
        return Set.of();
    }

    /** Skips the running test when the store cannot do that. */
    default void assume(Shortcoming shortcoming) {
        Assumptions.assumeFalse(shortcomings().contains(shortcoming), () -> target()
                + " has the known shortcoming " + shortcoming);
    }
}
