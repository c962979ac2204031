package dev.chandlery.publisher.tags;

import dev.chandlery.cli.registry.PublishedTool;
import dev.chandlery.cli.registry.PublishedTool.Floating;
import dev.chandlery.cli.registry.PublishedVersion;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.endpoint.RepositoryLayout;
import dev.chandlery.config.tool.FloatingTag;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Tag;
import dev.chandlery.upstream.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where floating tags belong: at the newest version of all, or of their series, that is complete, no
 * prerelease, not taken back and without an open incident. They move forward only, unless the version that
 * they name was taken back.
 */
public final class FloatingTags {
    private static final Tag LATEST = new Tag("latest");

    private final ToolSpec tool;
    private final PublishedTool published;
    private final Candidates candidates;
    private final Set<FloatingTag> policy;

    /** @param published a snapshot; floating tags are compared with it */
    public FloatingTags(ToolSpec tool, PublishedTool published, Candidates candidates) {
        this.tool = tool;
        this.published = published;
        this.candidates = candidates;
        this.policy = published.names().layout() == RepositoryLayout.TAGS
                ? tool.releases().policy().floatingTags()
                : Set.of();
    }

    /** Those that name something else than they should, in the order of their names. */
    public List<TagMove> moves() {
        SortedMap<Tag, String> targets = targets();
        Set<Tag> tags = new TreeSet<>(targets.keySet());
        published.floating().keySet().stream().filter(this::isOurs).forEach(tags::add);
        List<TagMove> moves = new ArrayList<>();
        for (Tag tag : tags) {
            move(tag, Optional.ofNullable(targets.get(tag))).ifPresent(moves::add);
        }
        return moves;
    }

    private boolean isOurs(Tag tag) {
        boolean series = policy.contains(FloatingTag.MAJOR) || policy.contains(FloatingTag.MINOR);
        return tag.equals(LATEST) ? policy.contains(FloatingTag.LATEST) : series;
    }

    /** The newest version that each tag of the policy may name. */
    private SortedMap<Tag, String> targets() {
        SortedMap<Tag, String> targets = new TreeMap<>();
        if (policy.isEmpty()) {
            return targets;
        }
        List<Version> newestFirst = candidates.newestFirst();
        Set<String> names = new TreeSet<>(newestFirst.stream().map(Version::text).toList());
        Map<Tag, String> decided = new HashMap<>();
        for (Version version : newestFirst) {
            List<Tag> open = tags(version, names).stream()
                    .filter(tag -> !decided.containsKey(
                            tag))
                    .toList();
            if (!open.isEmpty() && candidates.mayBeFollowed(version.text())) {
                open.forEach(tag -> decided.put(tag, version.text()));
            }
        }
        targets.putAll(decided);
        return targets;
    }

    /** Tags that follow a version; a series of the same name as a version has none. */
    private List<Tag> tags(Version version, Set<String> names) {
        List<Tag> tags = new ArrayList<>();
        if (policy.contains(FloatingTag.LATEST)) {
            tags.add(LATEST);
        }
        List<String> series = candidates.scheme().series(version);
        List<FloatingTag> kinds = List.of(FloatingTag.MAJOR, FloatingTag.MINOR);
        for (int i = 0; i < series.size(); i++) {
            if (policy.contains(kinds.get(i)) && !names.contains(series.get(i))) {
                tags.add(ToolNames.versionTag(series.get(i)));
            }
        }
        return tags;
    }

    private Optional<TagMove> move(Tag tag, Optional<String> target) {
        Optional<Floating> now = Optional.ofNullable(published.floating().get(tag));
        Optional<String> from = now.map(Floating::version);
        if (target.isEmpty()) {
            return from.filter(candidates::isRetracted)
                    .map(_ -> new TagMove(tool.name(), tag, from, target));
        }
        boolean right = from.equals(target) && !candidates.changes(target.get()) && index(target
                .get()).equals(now.map(floating -> floating.index().digest().toString()));
        boolean backward = from.isPresent() && !from.equals(target) && candidates.isNewer(from
                .get(), target.get()) && !candidates.isRetracted(from.get());
        return right || backward
                ? Optional.empty()
                : Optional.of(new TagMove(tool.name(), tag, from, target));
    }

    private Optional<String> index(String version) {
        PublishedVersion there = candidates.published(version);
        return there.index() == null
                ? Optional.empty()
                : Optional.of(there.index()
                        .digest()
                        .toString());
    }
}
