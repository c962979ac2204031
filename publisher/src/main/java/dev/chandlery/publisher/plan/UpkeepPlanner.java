package dev.chandlery.publisher.plan;

import dev.chandlery.cli.registry.PublishedTool.Floating;
import dev.chandlery.cli.registry.PublishedVersion;
import dev.chandlery.config.endpoint.RepositoryLayout;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.publisher.drift.FrozenAsset;
import dev.chandlery.publisher.tags.Candidates;
import dev.chandlery.publisher.tags.Candidates.Prospect;
import dev.chandlery.publisher.tags.FloatingTags;
import dev.chandlery.publisher.tags.Retraction;
import dev.chandlery.publisher.tags.RetractionRecords;
import dev.chandlery.upstream.Standing;
import dev.chandlery.upstream.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Plans what one tool needs besides new versions: records of what was taken back, and floating tags. */
final class UpkeepPlanner {
    private final ToolView view;
    private final RetractionRecords records;

    UpkeepPlanner(ToolView view) {
        this.view = view;
        this.records = view.retractions();
    }

    /**
     * Plans for a tool whose versions are planned.
     *
     * @param newest how many of the newest published versions are looked at, besides those that floating
     *     tags name
     */
    ToolUpkeep plan(List<VersionPlan> plans, int newest) {
        Candidates candidates = new Candidates(view.tool(), view.published(), records, view
                .drifts());
        List<Retraction> retractions = view.upstream().listsAssets()
                ? retractions(candidates, newest)
                : List.of();
        retractions.forEach(candidates::expect);
        plans.forEach(plan -> prospect(plan, candidates).ifPresent(candidates::expect));
        List<Retraction> all = List.copyOf(retractions);
        return new ToolUpkeep(view.tool(), all, new FloatingTags(view.tool(), view.published(),
                candidates).moves());
    }

    private static Optional<Prospect> prospect(VersionPlan plan, Candidates candidates) {
        boolean drifted = plan.platforms()
                .stream()
                .anyMatch(
                        PlatformPlan.Drifted.class::isInstance);
        PublishedVersion there = candidates.published(plan.version());
        boolean changes = !plan.publications().isEmpty() || !plan.tagged();
        boolean same = !changes && there.index() != null;
        if (drifted || (!same && !changes)) {
            return Optional.empty();
        }
        Set<PlatformName> platforms = new LinkedHashSet<>(there.platforms().keySet());
        plan.publications().forEach(publication -> platforms.add(publication.platform()));
        return Optional.of(new Prospect(plan.release(), List.copyOf(platforms), changes));
    }

    private List<Retraction> retractions(Candidates candidates, int newest) {
        Set<String> versions = new LinkedHashSet<>();
        candidates.newestFirst().stream().limit(newest).map(Version::text).forEach(versions::add);
        view.published()
                .floating()
                .values()
                .stream()
                .map(Floating::version)
                .forEach(
                        versions::add);
        recorded(candidates).forEach(versions::add);
        List<Retraction> found = new ArrayList<>();
        for (String version : versions) {
            retraction(candidates.published(version)).ifPresent(found::add);
        }
        return found;
    }

    /** Versions with a record, which upstream may offer again. */
    private List<String> recorded(Candidates candidates) {
        if (view.published().names().layout() == RepositoryLayout.NESTED) {
            return List.of();
        }
        return candidates.newestFirst()
                .stream()
                .map(Version::text)
                .filter(version -> view.published()
                        .tags()
                        .contains(view.published()
                                .names()
                                .retractedTag(version)))
                .toList();
    }

    private Optional<Retraction> retraction(PublishedVersion version) {
        Collection<FrozenAsset> frozen = view.frozen(version).values();
        if (frozen.isEmpty()) {
            return Optional.empty();
        }
        Set<String> files = frozen.stream().map(FrozenAsset::file).collect(Collectors.toSet());
        Standing standing = view.upstream().standing(frozen.iterator().next().release(), files);
        boolean retracted = records.isRetracted(view.published(), version);
        return switch (standing) {
            case Standing.Withdrawn(String reason) when !retracted -> Optional.of(retraction(
                    version, reason));
            case Standing.Offered _ when retracted -> Optional.of(retraction(version, ""));
            case Standing.Withdrawn _,Standing.Offered _,Standing.Unknown _ -> Optional.empty();
        };
    }

    private Retraction retraction(PublishedVersion version, String reason) {
        return new Retraction(view.tool().name(), version.version(), reason.isEmpty(), reason, view
                .clock()
                .instant());
    }
}
