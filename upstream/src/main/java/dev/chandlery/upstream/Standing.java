package dev.chandlery.upstream;

/** What upstream says today of a release that was published from it before. */
public sealed interface Standing {

    /** It offers it as before. */
    record Offered() implements Standing {}

    /**
     * It took it back, or a part of it.
     *
     * @param reason for people, such as {@code the release is gone}
     */
    record Withdrawn(String reason) implements Standing {}

    /** It cannot be told: this kind of upstream keeps no list that one may conclude from. */
    record Unknown() implements Standing {}
}
