package dev.chandlery.bench.report;

/** The name under which first answers are recorded. */
public final class StartUps {
    public static final String NAME = "first-answer";

    private StartUps() {}
}
