package dev.chandlery.registry.collect;

import dev.chandlery.oci.RepositoryName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not as it should be.
 *
 * @param kind of what is wrong
 * @param repository where; null when it is in storage alone
 * @param id digest or tag that it is about
 * @param detail what exactly, and what to do when it cannot be repaired
 * @param outcome what became of it
 */
public record Finding(Kind kind, @Nullable RepositoryName repository, String id, String detail,
        Outcome outcome) {

    /** What can be wrong. */
    public enum Kind {
        /** A repository has content of which storage has no bytes. */
        MISSING_BYTES("missing bytes"),
        /** Storage has more or fewer bytes than were recorded. */
        WRONG_SIZE("wrong size"),
        /** Bytes have another digest than their name says. */
        WRONG_DIGEST("wrong digest"),
        /** Bytes that no repository has; a collection takes them, so it is no problem. */
        UNUSED_BYTES("unused bytes"),
        /** A tag points at a manifest of which nothing is recorded. */
        DANGLING_TAG("dangling tag"),
        /** A repository has a manifest of which nothing more is recorded. */
        MISSING_RECORD("missing record"),
        /** What a manifest names was not recorded, or not all of it. */
        MISSING_REFERENCES("missing references"),
        /** Type, subject or annotations are not what the manifest's bytes say. */
        WRONG_RECORD("wrong record"),
        /** A manifest, or what one names, is in storage, but the repository does not have it. */
        MISSING_MEMBERSHIP("missing membership"),
        /** A manifest names what is not there at all. */
        MISSING_CONTENT("missing content"),
        /** The bytes of a manifest are none. */
        UNREADABLE("unreadable manifest");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The words that results show. */
        public String label() {
            return label;
        }

        boolean isProblem() {
            return this != UNUSED_BYTES;
        }
    }

    /** What became of it. */
    public enum Outcome {
        /** Nothing was tried. */
        FOUND("found"),
        /** It is as it should be now. */
        REPAIRED("repaired"),
        /** The bytes were moved aside; they are missing now. */
        QUARANTINED("quarantined"),
        /** It cannot be repaired without what is lost. */
        LEFT("left");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }

        /** The word that results show. */
        public String label() {
            return label;
        }
    }

    public Finding {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(id);
        Objects.requireNonNull(detail);
        Objects.requireNonNull(outcome);
    }

    /** Whether somebody has to do something. */
    public boolean isOpen() {
        return kind.isProblem() && outcome != Outcome.REPAIRED;
    }
}
