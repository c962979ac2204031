package dev.chandlery.scheduler.work;

import dev.chandlery.cli.registry.PublishedTool;
import dev.chandlery.cli.registry.PublishedVersion;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Removes old versions of one tool: the version's index, then its platforms with what is attached to them.
 * Tags go with the manifests. Digests that a lock file of the registry names stay.
 */
final class ToolRetention {
    private static final System.Logger LOG = System.getLogger(ToolRetention.class.getName());

    private final ConfigSpec config;
    private final RegistryConnection registry;
    private final ToolSpec tool;
    private final ToolNames names;

    ToolRetention(ConfigSpec config, RegistryConnection registry, ToolSpec tool) {
        this.config = config;
        this.registry = registry;
        this.tool = tool;
        this.names = ToolNames.of(config.repositoryOf(tool), tool);
    }

    /**
     * Removes what was released before that time and is not wanted; the versions that went.
     *
     * @param wanted versions that stay
     */
    List<String> removeOlder(Instant before, Set<String> wanted) {
        PublishedTool published = PublishedTool.read(registry, names);
        List<PublishedVersion> old = new ArrayList<>();
        Set<Digest> needed = new HashSet<>();
        String locked = Removal.locked(config);
        for (String version : published.versions()) {
            PublishedVersion found = published.find(version, PlatformName.all());
            boolean stays = wanted.contains(version) || created(found).filter(at -> at.isBefore(
                    before)).isEmpty() || digests(found).anyMatch(digest -> locked.contains(digest
                            .toString()));
            if (stays) {
                digests(found).forEach(needed::add);
            } else {
                old.add(found);
            }
        }
        List<String> removed = new ArrayList<>();
        for (PublishedVersion version : old) {
            // a moving tag such as v31 reads as a version of its own: it stays with what it points at
            if (digests(version).noneMatch(needed::contains)) {
                remove(version);
                removed.add(version.version());
                LOG.log(System.Logger.Level.INFO, () -> "removed " + tool.name() + " " + version
                        .version());
            }
        }
        return removed;
    }

    private void remove(PublishedVersion version) {
        Descriptor index = version.index();
        if (index != null) {
            Removal.remove(registry.repository(names.path()), index);
        }
        version.platforms()
                .forEach((platform, manifest) -> Removal.remove(registry.repository(names
                        .platformPath(version.version(), platform)), manifest));
    }

    /** When upstream released it, as the manifest says; empty when it does not. */
    private Optional<Instant> created(PublishedVersion version) {
        Descriptor index = version.index();
        if (index != null) {
            return created(names.path(), index);
        }
        return version.platforms()
                .entrySet()
                .stream()
                .findFirst()
                .flatMap(first -> created(names.platformPath(version.version(), first.getKey()),
                        first.getValue()));
    }

    private Optional<Instant> created(String path, Descriptor manifest) {
        return registry.repository(path)
                .findManifest(manifest.digest())
                .flatMap(document -> Removal.created(document.manifest().annotations()));
    }

    private static Stream<Digest> digests(PublishedVersion version) {
        return Stream.concat(Stream.ofNullable(version.index()), version.platforms()
                .entrySet()
                .stream()
                .map(Map.Entry::getValue)).map(Descriptor::digest);
    }
}
