package dev.chandlery.config.tool;

/** What becomes of a release that upstream does not offer for all platforms that are wanted. */
public enum Incomplete {
    /** What there is becomes visible at once; later runs add what comes. */
    PUBLISH,
    /** Nothing of it becomes visible until all of it is there. */
    WAIT
}
