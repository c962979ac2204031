package dev.chandlery.oci.copy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.Platform;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.UnrecognizedManifest;
import dev.chandlery.oci.content.Source;
import dev.chandlery.oci.json.ImageConfig;
import dev.chandlery.oci.json.ManifestWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Leaves out of a graph what is for other platforms. An index becomes another one then, with a digest of its
 * own; that is the price of not copying all of it, as registries refuse an index that names what they lack.
 */
final class PlatformFilter {
    private static final long MAX_CONFIG_BYTES = 8L << 20;

    private final PlatformChoice choice;
    private final Route route;

    PlatformFilter(List<Platform> wanted, Route route) {
        this.choice = new PlatformChoice(wanted, route.run().options().referrers());
        this.route = route;
    }

    /** The root without other platforms; itself when that changes nothing; empty when nothing is left. */
    Optional<ManifestDocument> apply(ManifestDocument root) {
        return switch (root.manifest()) {
            case ImageIndex index -> narrow(root, index);
            case ImageManifest image -> isWanted(image) ? Optional.of(root) : Optional.empty();
            case UnrecognizedManifest _ -> Optional.of(root);
        };
    }

    private Optional<ManifestDocument> narrow(ManifestDocument root, ImageIndex index) {
        List<Descriptor> kept = choice.of(index);
        if (kept.isEmpty() && !index.manifests().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(kept.size() == index.manifests().size()
                ? root
                : ManifestWriter.write(new ImageIndex(index.mediaType(), index.artifactType(), kept,
                        index.subject(), index.annotations())));
    }

    /** What has no image config is for all platforms. */
    private boolean isWanted(ImageManifest image) {
        Descriptor config = image.config();
        if (!config.mediaType().isImageConfig()) {
            return true;
        }
        if (config.size() > MAX_CONFIG_BYTES) {
            throw new LimitExceededException("cannot read image config " + config.digest() + ": "
                    + config.size() + " bytes, at most " + MAX_CONFIG_BYTES + " are read");
        }
        try {
            return choice.isWanted(ImageConfig.read(route.ofSource(source -> read(source, config)))
                    .platform());
        } catch (MalformedContentException _) {
            return true;
        }
    }

    private static Bytes read(Source source, Descriptor config) {
        try (InputStream in = source.fetch(config)) {
            return Bytes.of(in.readAllBytes());
        } catch (IOException e) {
            throw new TransferException("cannot fetch image config " + config.digest() + " from "
                    + source + ": " + e.getMessage(), e, true);
        }
    }
}
