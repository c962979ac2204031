package dev.chandlery.publisher.plan;

import dev.chandlery.cli.registry.PublishedTool;
import dev.chandlery.cli.registry.PublishedVersion;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.PlatformName;
import dev.chandlery.config.RepositorySpec;
import dev.chandlery.config.ToolPlatform;
import dev.chandlery.config.ToolSpec;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.upstream.Asset;
import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.Upstream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Plans one tool; used once. */
final class ToolPlanner {
    /** Releases without any file for us that are passed over before we give up. */
    private static final int MOST_EMPTY_RELEASES = 20;

    private final ToolSpec tool;
    private final Upstream upstream;
    private final PublishedTool published;
    private final PublishedAnnotations frozen;
    private final List<String> notes = new ArrayList<>();

    ToolPlanner(ToolSpec tool, Upstream upstream, RegistryConnection registry,
            RepositorySpec repository) {
        this.tool = tool;
        this.upstream = upstream;
        ToolNames names = ToolNames.of(repository, tool);
        this.published = PublishedTool.read(registry, names);
        this.frozen = new PublishedAnnotations(registry, names);
    }

    /** What a user should know about the plan that was made. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    List<VersionPlan> plan(Selection selection) {
        int wanted = selection.version().isPresent()
                ? 1
                : selection.newest()
                        .orElse(tool.releases()
                                .versions());
        List<VersionPlan> plans = new ArrayList<>();
        int empty = 0;
        try (Stream<Release> releases = upstream.releases()) {
            Iterator<Release> candidates = releases.filter(r -> isSelected(r, selection))
                    .iterator();
            while (plans.size() < wanted && empty < MOST_EMPTY_RELEASES && candidates.hasNext()) {
                VersionPlan plan = planVersion(candidates.next(), selection);
                if (plan.platforms().stream().allMatch(PlatformPlan.Missing.class::isInstance)) {
                    empty++;
                    notes.add(tool.name() + " " + plan.version()
                            + " is listed upstream, but none of its platforms can be had");
                } else {
                    plans.add(plan);
                }
            }
        }
        if (plans.isEmpty()) {
            throw new ContentNotFoundException(nothingFound(selection));
        }
        return List.copyOf(plans);
    }

    private String nothingFound(Selection selection) {
        return "cannot find " + selection.version()
                .map(v -> "version " + v + " of ")
                .orElse(
                        "any release of ") + tool.name() + " upstream with release_pattern \""
                + tool
                        .releases()
                        .pattern() + "\" and a file for a wanted platform";
    }

    private static boolean isSelected(Release release, Selection selection) {
        return selection.version()
                .map(v -> v.equals(release.name()) || v.equals(release.version()
                        .toString()))
                .orElse(true);
    }

    private VersionPlan planVersion(Release release, Selection selection) {
        List<PlatformName> wanted = tool.platforms()
                .stream()
                .map(ToolPlatform::name)
                .filter(
                        p -> selection.platforms().isEmpty() || selection.platforms().contains(p))
                .toList();
        PublishedVersion there = published.find(release.version().toString(), wanted);
        boolean complete = there.platforms().keySet().containsAll(wanted);
        Map<PlatformName, Asset> offered = complete && !selection.force()
                ? Map.of()
                : upstream.assets(release)
                        .stream()
                        .collect(Collectors.toMap(Asset::platform,
                                Function.identity()));
        List<PlatformPlan> platforms = wanted.stream()
                .map(platform -> planPlatform(platform, there,
                        offered, selection.force()))
                .toList();
        return new VersionPlan(tool, release, platforms, there.tagged());
    }

    private PlatformPlan planPlatform(PlatformName platform, PublishedVersion there,
            Map<PlatformName, Asset> offered, boolean force) {
        var manifest = there.find(platform);
        Asset asset = offered.get(platform);
        if (manifest.isPresent() && (!force || asset == null)) {
            return new PlatformPlan.Keep(platform, manifest.get());
        }
        if (asset == null) {
            return new PlatformPlan.Missing(platform);
        }
        return new PlatformPlan.Publish(platform, asset, manifest.flatMap(m -> frozen
                .upstreamDigest(there.version(), platform, m)));
    }
}
