package dev.chandlery.publisher.drift;

import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Upstream offers other bytes under a name that was accepted before.
 *
 * @param tool its name
 * @param version its number
 * @param platform that the file is for
 * @param change what was accepted, and what is offered instead
 * @param manifest of the platform, made of what was accepted
 * @param found when, by the clock of who found it
 * @param state what became of it
 * @param decision who accepted the change and why; empty unless somebody did
 */
public record DriftIncident(String tool, String version, PlatformName platform, Change change,
        Descriptor manifest, Instant found, State state, Optional<Decision> decision) {

    /** What became of an incident. */
    public enum State {
        /** Nobody said anything yet: what was accepted first stays. */
        OPEN,
        /** Somebody accepted the new bytes. */
        ACCEPTED,
        /** Upstream offers the old bytes again. */
        REVERTED;

        /** As it is written in records and documents. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A file that is not what it was.
     *
     * @param file its name at upstream
     * @param accepted digest of its bytes when it was published
     * @param observed digest that it has now; where only the size is known, that, such as {@code 17 bytes}
     */
    public record Change(String file, Digest accepted, String observed) {

        /** Digest of the new bytes, where it is known. */
        public Optional<Digest> observedDigest() {
            return Digest.find(observed);
        }

        @Override
        public String toString() {
            return file + ": expected " + accepted + ", got " + observed;
        }
    }

    /**
     * That a change is fine.
     *
     * @param by who said so
     * @param reason why
     * @param at when
     */
    public record Decision(String by, String reason, Instant at) {}

    public DriftIncident {
        Objects.requireNonNull(change);
        Objects.requireNonNull(found);
    }

    /** A new one. */
    public static DriftIncident open(String tool, String version, FrozenAsset frozen,
            String observed, Instant found) {
        return new DriftIncident(tool, version, frozen.platform(), new Change(frozen.file(), frozen
                .digest(), observed), frozen.manifest(), found, State.OPEN, Optional.empty());
    }

    public DriftIncident with(State other) {
        return new DriftIncident(tool, version, platform, change, manifest, found, other, decision);
    }

    /** Accepted by somebody. */
    public DriftIncident accepted(Decision why) {
        return new DriftIncident(tool, version, platform, change, manifest, found, State.ACCEPTED,
                Optional.of(why));
    }

    /** Whether it is about this manifest, the one that is published now; else it is history. */
    public boolean concerns(Descriptor published) {
        return manifest.digest().equals(published.digest());
    }

    /** For people, as a failure: what was expected, what came, what to do. */
    public String message() {
        return "upstream changed it since it was published: cannot accept " + change
                + "; nothing was overwritten. Find out why, then: publisher accept-drift " + tool
                + "@" + version + " --platform " + platform + " --reason TEXT";
    }
}
