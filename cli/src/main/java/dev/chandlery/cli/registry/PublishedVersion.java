package dev.chandlery.cli.registry;

import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Descriptor;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a registry has of one version of a tool.
 *
 * @param version its number
 * @param index the tagged index over the platforms; null where none is tagged, or the layout has none
 * @param platforms manifests by platform: of the index, and those that only a tag of their own names
 * @param tagged whether index and tags of the platforms agree
 * @param annotations of the index
 */
public record PublishedVersion(String version, @Nullable Descriptor index,
        SortedMap<PlatformName, Descriptor> platforms, boolean tagged,
        SortedMap<String, String> annotations) {

    public PublishedVersion {
        annotations = Annotations.sorted(annotations);
        platforms = Collections.unmodifiableSortedMap(new TreeMap<>(platforms));
    }

    /** The manifest of a platform. */
    public Optional<Descriptor> find(PlatformName platform) {
        return Optional.ofNullable(platforms.get(platform));
    }
}
