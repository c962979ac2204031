package dev.chandlery.publisher.plan;

import dev.chandlery.cli.registry.PublishedVersion;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.publisher.attest.EvidenceCheck;
import dev.chandlery.trust.publication.EvidenceKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Platforms of a published version whose evidence is not complete, as an earlier run was killed, older, or had
 * no key.
 *
 * @param platforms what they lack
 * @param signature whether the index lacks its own
 */
record MissingEvidence(SortedMap<PlatformName, SortedSet<EvidenceKind>> platforms,
        boolean signature) {

    static MissingEvidence of(ToolView view, PublishedVersion there, List<PlatformName> wanted,
            EvidenceCheck evidence) {
        List<PlatformName> published = wanted.stream()
                .filter(platform -> there.find(platform).isPresent())
                .toList();
        SortedMap<PlatformName, SortedSet<EvidenceKind>> lacking = new TreeMap<>();
        TaskScope.mapAll("evidence", published, platform -> Map.entry(platform, evidence
                .ofPlatform(view.repository(there.version(), platform), there.find(platform)
                        .orElseThrow()
                        .digest())))
                .forEach(entry -> {
                    if (!entry.getValue().isEmpty()) {
                        lacking.put(entry.getKey(), entry.getValue());
                    }
                });
        boolean signature = there.index() != null && !evidence.ofIndex(view.repository(), there
                .index()
                .digest()).isEmpty();
        return new MissingEvidence(lacking, signature);
    }

    /** For people, a line for each platform. */
    List<String> notes(String version, Set<PlatformName> offered) {
        return platforms.entrySet()
                .stream()
                .map(entry -> version + " " + entry.getKey() + " lacks " + entry.getValue()
                        .stream()
                        .map(EvidenceKind::label)
                        .collect(Collectors.joining(", "))
                        + (offered.contains(entry.getKey())
                                ? ": it is verified and packed again"
                                : ", and upstream does not offer it any more"))
                .toList();
    }
}
