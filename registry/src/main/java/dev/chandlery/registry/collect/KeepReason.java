package dev.chandlery.registry.collect;

import java.util.Objects;

/**
 * Why a manifest stays.
 *
 * @param kind which rule says so
 * @param detail what the rule found, for people
 */
public record KeepReason(Kind kind, String detail) {

    /** The rules, in the order in which they are asked. */
    public enum Kind {
        /** A lock file names it. */
        LOCKED("locked"),
        /** A tag that points at it is one that is kept. */
        KEPT_TAG("kept tag"),
        /** It is one of the newest. */
        NEWEST("newest"),
        /** It is not old enough. */
        YOUNG("young"),
        /** A tag points at it. */
        TAGGED("tagged"),
        /** No tag points at it and nothing else tells how long it is needed: pulling by digest needs none. */
        UNTAGGED("untagged"),
        /** An index that stays names it. */
        PART("part"),
        /** What it is attached to stays. */
        ATTACHED("attached"),
        /** What is attached to it stays. */
        SUBJECT("subject");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The word that results show. */
        public String label() {
            return label;
        }
    }

    public KeepReason {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(detail);
    }

    @Override
    public String toString() {
        return kind.label() + ": " + detail;
    }
}
