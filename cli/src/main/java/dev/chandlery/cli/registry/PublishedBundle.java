package dev.chandlery.cli.registry;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.config.BundleSpec;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.content.Manifests;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a registry has of one bundle, as its tags say: {@code latest}, and {@code v<version>} for each version
 * that it had. A snapshot of the tags is taken when this is made.
 *
 * @param bundle from registry.yaml
 * @param path of its repository below the registry's namespace
 * @param repository that has it
 * @param tags of the repository at that time
 */
public record PublishedBundle(BundleSpec bundle, String path, RemoteRepository repository,
        SortedSet<Tag> tags) {
    private static final Tag LATEST = new Tag("latest");

    /**
     * One build.
     *
     * @param name for people: its version, or the tag
     * @param path of its repository
     * @param tag that names it
     * @param index over its platforms
     * @param platforms manifests
     * @param annotations of the index
     */
    public record Build(String name, String path, Tag tag, Descriptor index,
            SortedMap<PlatformName, Descriptor> platforms, SortedMap<String, String> annotations) {}

    public PublishedBundle {
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
    }

    /** Reads the tags; a repository that does not exist has none. */
    public static PublishedBundle read(RegistryConnection connection, ConfigSpec config,
            BundleSpec bundle) {
        String path = config.repositoryOf(bundle).path() + "/" + bundle.name();
        RemoteRepository repository = connection.repository(path);
        try (Stream<Tag> found = repository.tags()) {
            return new PublishedBundle(bundle, path, repository, found.collect(Collectors
                    .toCollection(TreeSet::new)));
        }
    }

    /** Tags that name builds, {@code latest} first. */
    public List<Tag> builds() {
        return tags.stream()
                .filter(tag -> tag.equals(LATEST) || tag.value().startsWith("v"))
                .sorted((a, b) -> Boolean.compare(b.equals(LATEST), a.equals(LATEST)))
                .toList();
    }

    /** The build that a tag names; empty when it names no index. */
    public Optional<Build> find(Tag tag) {
        return Manifests.find(repository, tag)
                .filter(document -> document
                        .manifest() instanceof ImageIndex)
                .map(document -> build(tag, document));
    }

    private Build build(Tag tag, ManifestDocument document) {
        SortedMap<PlatformName, Descriptor> platforms = new TreeMap<>();
        ((ImageIndex) document.manifest()).manifests()
                .forEach(manifest -> Optional.ofNullable(manifest.platform())
                        .flatMap(PlatformName::of)
                        .ifPresent(platform -> platforms.putIfAbsent(platform, manifest)));
        String name = tag.equals(LATEST) ? tag.value() : tag.value().substring(1);
        return new Build(name, path, tag, document.descriptor(), platforms, document.manifest()
                .annotations());
    }

    /**
     * The build that a user names.
     *
     * @param version its number, or a tag; empty for what {@code latest} names
     * @throws CommandException when it is not published
     */
    public Build require(String version) {
        return Stream.of("v" + version, version, version.isEmpty() ? LATEST.value() : "")
                .filter(text -> builds().stream().anyMatch(tag -> tag.value().equals(text)))
                .findFirst()
                .flatMap(text -> find(new Tag(text)))
                .orElseThrow(() -> new CommandException(ExitCode.FAILED, "cannot find bundle "
                        + bundle.name() + (version.isEmpty() ? "" : " " + version)
                        + ": not published", builds().isEmpty()
                                ? "run publisher --bundle " + bundle.name()
                                : "published are " + String.join(", ", builds().stream()
                                        .map(Tag::value)
                                        .toList())));
    }
}
