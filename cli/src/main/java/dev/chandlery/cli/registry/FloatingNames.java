package dev.chandlery.cli.registry;

import dev.chandlery.cli.registry.PublishedTool.Floating;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Source;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tells tags that follow versions from tags of versions: {@code v31} may be either. What it names says of
 * itself which version it is.
 */
final class FloatingNames {
    private static final Tag LATEST = new Tag("latest");

    private FloatingNames() {}

    /** Those among a repository's tags; asks for what they name only where another version begins alike. */
    static SortedMap<Tag, Floating> among(Set<Tag> tags, Source repository) {
        SortedMap<Tag, Floating> floating = new TreeMap<>();
        NavigableMap<String, Tag> versions = new TreeMap<>();
        tags.stream()
                .filter(tag -> ToolNames.versionOf(tag).isPresent())
                .forEach(tag -> versions.put(tag.value(), tag));
        for (Tag tag : tags) {
            boolean series = versions.containsKey(tag.value()) && isBeginning(tag.value(),
                    versions);
            if (series || tag.equals(LATEST)) {
                repository.findManifest(tag)
                        .ifPresent(document -> floating(tag, document)
                                .ifPresent(found -> floating.put(tag, found)));
            }
        }
        return floating;
    }

    private static boolean isBeginning(String name, NavigableMap<String, Tag> versions) {
        String next = versions.higherKey(name);
        return next != null && next.startsWith(name);
    }

    private static Optional<Floating> floating(Tag tag, ManifestDocument document) {
        return Optional.ofNullable(document.manifest().annotations().get(Annotations.VERSION))
                .filter(version -> !ToolNames.versionTag(version).equals(tag))
                .map(version -> new Floating(version, document.descriptor()));
    }
}
