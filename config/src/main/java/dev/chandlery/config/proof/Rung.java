package dev.chandlery.config.proof;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How well a download was proven to be what upstream released, weakest first; comparable by
 * {@link #compareTo}.
 */
public enum Rung {
    /** Nothing vouches for it; its digest is frozen at first sight. */
    FIRST_USE,
    /** The release host's own record of the digest. */
    API_DIGEST,
    /** A checksum file that upstream published beside it. */
    CHECKSUM_FILE,
    /** Two independent channels gave the same bytes. */
    TWO_CHANNELS,
    /** Signed provenance of a pinned identity. */
    PROVENANCE,
    /** A signature by a pinned key or identity. */
    SIGNATURE;

    /** As it is written in registry.yaml and in records: {@code first-use}, {@code api-digest}, ... */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The rung with this label, or empty. */
    public static Optional<Rung> find(String label) {
        return Arrays.stream(values()).filter(rung -> rung.label().equals(label)).findFirst();
    }

    /** Whether this rung satisfies a policy that asks for {@code minimum}. */
    public boolean isAtLeast(Rung minimum) {
        return compareTo(minimum) >= 0;
    }
}
