package dev.chandlery.publisher;

import dev.chandlery.config.proof.Rung;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.publisher.drift.DriftIncident;
import java.time.Duration;

/** How one platform of one version ended. */
public sealed interface ItemOutcome {

    PlatformName platform();

    /**
     * It is new in the registry.
     *
     * @param manifest that its tag names
     * @param rung that its asset stood on
     * @param sizeBytes of its layer, as clients fetch it
     * @param duration from the first request to the tag
     */
    record Published(PlatformName platform, Descriptor manifest, Rung rung, long sizeBytes,
            Duration duration) implements ItemOutcome {

        /** Digest of its manifest. */
        public Digest digest() {
            return manifest.digest();
        }
    }

    /** It was in the registry before. */
    record UpToDate(PlatformName platform, Digest digest) implements ItemOutcome {}

    /**
     * It was in the registry before and stays as it is, but upstream changed the file since.
     *
     * @param incident that says what was expected and what came
     */
    record Drifted(PlatformName platform, DriftIncident incident) implements ItemOutcome {}

    /** Upstream does not offer it. */
    record Missing(PlatformName platform) implements ItemOutcome {}

    /** It was refused or could not be moved; nothing of it is tagged. */
    record Failed(PlatformName platform, RuntimeException cause) implements ItemOutcome {}
}
