package dev.chandlery.oci.copy;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.Platform;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which manifests of an index stay, where only some platforms are asked for.
 *
 * @param platforms that are wanted; all, where there are none
 * @param attestations whether what BuildKit lists beside images, for a platform {@code unknown/unknown}, stays
 *        with those that it is about
 */
public record PlatformChoice(List<Platform> platforms, boolean attestations) {
    private static final String ATTESTED = "vnd.docker.reference.digest";

    public PlatformChoice {
        platforms = List.copyOf(platforms);
    }

    /** The entries that stay, in the order of the index. */
    public List<Descriptor> of(ImageIndex index) {
        Set<String> wanted = index.manifests()
                .stream()
                .filter(this::isWanted)
                .map(entry -> entry.digest().toString())
                .collect(Collectors.toSet());
        return index.manifests()
                .stream()
                .filter(entry -> isWanted(entry) || isAbout(wanted, entry))
                .toList();
    }

    boolean isWanted(Platform offered) {
        return platforms.isEmpty() || platforms.stream()
                .anyMatch(platform -> platform.accepts(offered));
    }

    private boolean isWanted(Descriptor entry) {
        Platform offered = entry.platform();
        return offered == null || isWanted(offered);
    }

    private boolean isAbout(Set<String> images, Descriptor entry) {
        return attestations && images.contains(entry.annotations().getOrDefault(ATTESTED, ""));
    }
}
