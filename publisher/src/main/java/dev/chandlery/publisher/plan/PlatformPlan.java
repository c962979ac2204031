package dev.chandlery.publisher.plan;

import dev.chandlery.config.PlatformName;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.upstream.Asset;
import java.util.Optional;

/** What is to happen with one platform of one version. */
public sealed interface PlatformPlan {

    PlatformName platform();

    /**
     * Fetch, verify, pack and push.
     *
     * @param frozen digest of the upstream asset that was accepted before, when it is published anew
     */
    record Publish(PlatformName platform, Asset asset, Optional<Digest> frozen)
            implements
            PlatformPlan {}

    /** Published already; stays as it is. */
    record Keep(PlatformName platform, Descriptor manifest) implements PlatformPlan {}

    /** Wanted, but upstream does not offer it. */
    record Missing(PlatformName platform) implements PlatformPlan {}
}
