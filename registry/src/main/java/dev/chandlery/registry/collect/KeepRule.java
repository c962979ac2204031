package dev.chandlery.registry.collect;

import dev.chandlery.registry.metadata.HeldManifest;
import java.util.Optional;

/** Says which manifests stay for their own sake. */
@FunctionalInterface
interface KeepRule {

    /** Why it stays; empty when it stays only if another one that stays needs it. */
    Optional<KeepReason> of(HeldManifest manifest);
}
