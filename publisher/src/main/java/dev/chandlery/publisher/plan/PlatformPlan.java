package dev.chandlery.publisher.plan;

import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.publisher.drift.DriftIncident;
import dev.chandlery.publisher.drift.FrozenAsset;
import dev.chandlery.upstream.Asset;
import java.util.Optional;

/** What is to happen with one platform of one version. */
public sealed interface PlatformPlan {

    PlatformName platform();

    /**
     * Fetch, verify, pack and push.
     *
     * @param frozen what it was made of before, when it is published anew
     * @param accepted the incident that somebody accepted, when it is published for that reason
     */
    record Publish(PlatformName platform, Asset asset, Optional<FrozenAsset> frozen,
            Optional<DriftIncident> accepted) implements PlatformPlan {

        /** Digest that the asset must have: of what was accepted, first or last; empty for a new one. */
        public Optional<Digest> expected() {
            return accepted.isPresent()
                    ? accepted.get().change().observedDigest()
                    : frozen.map(FrozenAsset::digest);
        }
    }

    /**
     * Published already; stays as it is.
     *
     * @param reverted an incident on record which is over, as upstream offers the old bytes again
     */
    record Keep(PlatformName platform, Descriptor manifest, Optional<DriftIncident> reverted)
            implements
            PlatformPlan {}

    /** Wanted, but upstream does not offer it. */
    record Missing(PlatformName platform) implements PlatformPlan {}

    /**
     * Published already, and stays as it is, but upstream changed the file since.
     *
     * @param recorded whether the registry has the incident
     */
    record Drifted(PlatformName platform, DriftIncident incident, boolean recorded)
            implements
            PlatformPlan {}
}
