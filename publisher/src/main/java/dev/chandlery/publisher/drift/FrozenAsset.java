package dev.chandlery.publisher.drift;

import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.upstream.Asset;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The upstream file that a published platform was made of, as its manifest records it: the lock that later
 * offers are compared with, whatever rung of trust it stood on.
 *
 * @param platform that it is for
 * @param manifest of the platform
 * @param release upstream's name of it
 * @param file its name at upstream
 * @param digest of its bytes
 * @param size in bytes; empty in records that lack it
 */
public record FrozenAsset(PlatformName platform, Descriptor manifest, String release, String file,
        Digest digest, OptionalLong size) {

    /** Reads the record of a published platform; empty where the manifest has none. */
    public static Optional<FrozenAsset> read(RegistryConnection registry, ToolNames names,
            String version, PlatformName platform, Descriptor manifest) {
        Map<String, String> annotations = Manifests.fetch(registry.repository(names.platformPath(
                version, platform)), manifest).manifest().annotations();
        return Optional.ofNullable(annotations.get(Annotations.UPSTREAM_DIGEST))
                .flatMap(Digest::find)
                .map(digest -> new FrozenAsset(platform, manifest, annotations.getOrDefault(
                        Annotations.UPSTREAM_RELEASE, version), file(annotations.getOrDefault(
                                Annotations.UPSTREAM_URL, "")), digest, size(annotations
                                        .getOrDefault(Annotations.UPSTREAM_SIZE, ""))));
    }

    /** What upstream says of a file that is not this one: its digest, else its size; empty if it may be it. */
    public Optional<String> difference(Asset offered) {
        Optional<Digest> comparable = offered.apiDigest()
                .filter(stated -> stated.algorithm() == digest.algorithm());
        if (comparable.isPresent()) {
            return comparable.filter(stated -> !stated.equals(digest)).map(Digest::toString);
        }
        boolean sizes = offered.size().isPresent() && size.isPresent();
        return sizes && offered.size().getAsLong() != size.getAsLong()
                ? Optional.of(offered.size().getAsLong() + " bytes")
                : Optional.empty();
    }

    /** Whether upstream states a digest that proves the file to be this one. */
    public boolean isProvenBy(Asset offered) {
        return offered.apiDigest().filter(digest::equals).isPresent();
    }

    private static String file(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private static OptionalLong size(String text) {
        return text.matches("\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }
}
