package dev.chandlery.cli.registry;

import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.UnsupportedFeatureException;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.content.RepositoryLister;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a registry has of one tool, as its tags say; a snapshot of the tags is taken when this is made.
 *
 * @param connection to the registry
 * @param names where the tool lies
 * @param tags of the tool's repository at that time; empty for the nested layout
 * @param floating those of them that follow versions, such as {@code latest} and {@code v31}
 */
public record PublishedTool(RegistryConnection connection, ToolNames names, Set<Tag> tags,
        SortedMap<Tag, Floating> floating) {

    /**
     * What a floating tag names.
     *
     * @param version its number
     * @param index over its platforms
     */
    public record Floating(String version, Descriptor index) {}

    public PublishedTool {
        tags = Set.copyOf(tags);
        floating = Collections.unmodifiableSortedMap(new TreeMap<>(floating));
    }

    /** Reads the tags; a repository that does not exist has none. */
    public static PublishedTool read(RegistryConnection connection, ToolNames names) {
        return switch (names.layout()) {
            case TAGS -> {
                var repository = connection.repository(names.path());
                Set<Tag> tags = repository.tags().collect(Collectors.toSet());
                yield new PublishedTool(connection, names, tags, FloatingNames.among(tags,
                        repository));
            }
            case NESTED -> new PublishedTool(connection, names, Set.of(), new TreeMap<>());
        };
    }

    /** Numbers of all versions, in no order. */
    public List<String> versions() {
        return switch (names.layout()) {
            case TAGS -> tags.stream()
                    .filter(tag -> !floating.containsKey(tag))
                    .map(ToolNames::versionOf)
                    .flatMap(Optional::stream)
                    .toList();
            case NESTED -> nestedVersions();
        };
    }

    /** The version that a floating tag stands for, with or without its {@code v}; empty if it is none. */
    public Optional<String> versionBehind(String name) {
        return floating.entrySet()
                .stream()
                .filter(entry -> entry.getKey().value().equals(name) || entry.getKey()
                        .value()
                        .equals("v" + name))
                .map(entry -> entry.getValue().version())
                .findFirst();
    }

    /** Names of repositories say what there is. */
    private List<String> nestedVersions() {
        String folder = connection.name(names.path()).value() + "/";
        RepositoryLister lister = connection.client()
                .repositoryLister()
                .orElseThrow(
                        () -> new UnsupportedFeatureException("cannot list versions of " + names
                                .path()
                                + ": the registry does not list repositories"));
        try (Stream<RepositoryName> repositories = lister.repositories()) {
            return repositories.map(RepositoryName::value)
                    .filter(name -> name.startsWith(folder))
                    .map(name -> name.substring(folder.length()))
                    .flatMap(name -> ToolNames.versionOfPlatform(name).stream())
                    .distinct()
                    .toList();
        }
    }

    /** What there is of the version; of the platforms, those that are asked for. */
    public PublishedVersion find(String version, List<PlatformName> wanted) {
        return switch (names.layout()) {
            case TAGS -> findTagged(version, wanted);
            case NESTED -> findNested(version, wanted);
        };
    }

    private PublishedVersion findTagged(String version, List<PlatformName> wanted) {
        var repository = connection.repository(names.path());
        Tag versionTag = ToolNames.versionTag(version);
        Optional<ManifestDocument> index = tags.contains(versionTag) && !floating.containsKey(
                versionTag)
                        ? Manifests.find(repository, versionTag)
                        : Optional.empty();
        SortedMap<PlatformName, Descriptor> platforms = new TreeMap<>();
        index.ifPresent(document -> platforms.putAll(platformsOf(document)));
        boolean tagged = index.isPresent();
        for (PlatformName platform : wanted) {
            Tag tag = names.platformTag(version, platform);
            if (!platforms.containsKey(platform) && tags.contains(tag)) {
                tagged = false;
                repository.find(tag).ifPresent(found -> platforms.put(platform, found));
            } else if (platforms.containsKey(platform) && !tags.contains(tag)) {
                tagged = false;
            }
        }
        return new PublishedVersion(version, index.map(ManifestDocument::descriptor).orElse(null),
                platforms, tagged, index.map(document -> document.manifest().annotations())
                        .orElse(Annotations.none()));
    }

    private PublishedVersion findNested(String version, List<PlatformName> wanted) {
        SortedMap<PlatformName, Descriptor> platforms = new TreeMap<>();
        for (PlatformName platform : wanted) {
            connection.repository(names.platformPath(version, platform))
                    .find(names.platformTag(
                            version, platform))
                    .ifPresent(found -> platforms.put(platform, found));
        }
        return new PublishedVersion(version, null, platforms, !platforms.isEmpty(), Annotations
                .none());
    }

    private static SortedMap<PlatformName, Descriptor> platformsOf(ManifestDocument document) {
        SortedMap<PlatformName, Descriptor> platforms = new TreeMap<>();
        if (document.manifest() instanceof ImageIndex index) {
            index.manifests()
                    .forEach(manifest -> Optional.ofNullable(manifest.platform())
                            .flatMap(PlatformName::of)
                            .ifPresent(platform -> platforms.putIfAbsent(platform, manifest)));
        }
        return platforms;
    }
}
