package dev.chandlery.bench.copy.floor;

import java.util.List;

/**
 * One thing that a copy must do.
 *
 * @param kind what it is
 * @param repository at source and target alike
 * @param name tag or digest
 * @param type media type
 * @param after places in the plan of the steps that must be done before, counted from 0
 */
record Step(Kind kind, String repository, String name, String type, List<Integer> after) {
    enum Kind {
        /** Ask the source for the manifest; it is kept. */
        GET,
        /** Ask the target for the manifest. */
        LOOK,
        /** Fetch from the source and push to the target. */
        BLOB,
        /** Push the manifest that the first of the steps before it got. */
        PUT
    }
}
