package dev.chandlery.registry.metadata;

import java.util.List;

/**
 * Some of the referrers of a manifest.
 *
 * @param referrers in order of digest
 * @param more whether others sort after the last of them
 */
public record ReferrerPage(List<ManifestRecord> referrers, boolean more) {

    public ReferrerPage {
        referrers = List.copyOf(referrers);
    }
}
