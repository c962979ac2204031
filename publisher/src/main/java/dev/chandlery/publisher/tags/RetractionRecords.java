package dev.chandlery.publisher.tags;

import dev.chandlery.cli.registry.PublishedTool;
import dev.chandlery.cli.registry.PublishedVersion;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.endpoint.RepositoryLayout;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.publisher.pack.ArtifactTypes;
import dev.chandlery.publisher.record.RegistryRecord;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which versions of one tool upstream took back. A record is attached to the version's index, or to each
 * platform where the layout has none, and tagged: neither index nor manifests change, nor does any digest.
 */
public final class RetractionRecords {
    private static final String STATE = "dev.chandlery.retraction.state";
    private static final String REASON = "dev.chandlery.retraction.reason";
    private static final String RETRACTED = "retracted";
    private static final String RESTORED = "restored";

    private final RegistryConnection registry;
    private final ToolNames names;

    public RetractionRecords(RegistryConnection registry, ToolNames names) {
        this.registry = registry;
        this.names = names;
    }

    /** Whether the last record of the version says that it was taken back. */
    public boolean isRetracted(PublishedTool published, PublishedVersion version) {
        Tag tag = names.retractedTag(version.version());
        return switch (names.layout()) {
            case TAGS -> published.tags().contains(tag) && isRetracted(registry.repository(names
                    .path()), tag);
            case NESTED -> version.platforms()
                    .keySet()
                    .stream()
                    .anyMatch(
                            platform -> isRetracted(repository(version, platform), tag));
        };
    }

    private static boolean isRetracted(RemoteRepository repository, Tag tag) {
        return RegistryRecord.find(repository, tag, ArtifactTypes.RETRACTION)
                .filter(record -> RETRACTED.equals(record.annotations().get(STATE)))
                .isPresent();
    }

    /** Writes the record as the last one of its version. */
    public void put(Retraction retraction, PublishedVersion version) {
        Tag tag = names.retractedTag(version.version());
        Descriptor index = version.index();
        if (names.layout() == RepositoryLayout.TAGS) {
            if (index != null) {
                record(retraction, index).put(registry.repository(names.path()), tag);
            }
            return;
        }
        version.platforms()
                .forEach((platform, manifest) -> record(retraction, manifest).put(repository(
                        version, platform), tag));
    }

    private RemoteRepository repository(PublishedVersion version, PlatformName platform) {
        return registry.repository(names.platformPath(version.version(), platform));
    }

    private static RegistryRecord record(Retraction retraction, Descriptor subject) {
        SortedMap<String, String> map = new TreeMap<>();
        map.put(Annotations.TITLE, retraction.tool());
        map.put(Annotations.VERSION, retraction.version());
        map.put(Annotations.CREATED, retraction.found().toString());
        map.put(STATE, retraction.restored() ? RESTORED : RETRACTED);
        if (!retraction.reason().isEmpty()) {
            map.put(REASON, retraction.reason());
        }
        return new RegistryRecord(ArtifactTypes.RETRACTION, subject, map);
    }
}
