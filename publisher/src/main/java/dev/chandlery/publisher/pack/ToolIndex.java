package dev.chandlery.publisher.pack;

import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.json.ManifestWriter;
import dev.chandlery.upstream.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** The index over the platforms of a version. */
public final class ToolIndex {

    private ToolIndex() {}

    /**
     * The same bytes for the same manifests, whoever described them.
     *
     * @param platforms manifests by platform; of their descriptors only type, digest and size are used
     */
    public static ManifestDocument of(ToolSpec tool, Release release,
            SortedMap<PlatformName, Descriptor> platforms) {
        List<Descriptor> manifests = new ArrayList<>();
        platforms.forEach((name, manifest) -> manifests.add(Descriptor.of(manifest.mediaType(),
                manifest.digest(), manifest.size())
                .withArtifactType(ArtifactTypes.TOOL)
                .withPlatform(name.platform())));
        return ManifestWriter.write(new ImageIndex(MediaType.IMAGE_INDEX, ArtifactTypes.TOOL,
                manifests, null, annotations(tool, release)));
    }

    /** Only the index says that it is a prerelease: upstream may take that back one day. */
    private static SortedMap<String, String> annotations(ToolSpec tool, Release release) {
        SortedMap<String, String> map = ToolAnnotations.of(tool, release);
        if (release.prerelease()) {
            map.put(Annotations.UPSTREAM_PRERELEASE, "true");
        }
        return map;
    }
}
