package dev.chandlery.publisher.bundle;

import dev.chandlery.config.BundleSpec;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.json.ImageConfig;
import dev.chandlery.trust.publication.BundleLock;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One tool of a bundle for one platform, as it is published.
 *
 * @param member of the bundle
 * @param path of the repository below the registry's namespace
 * @param repository that has it
 * @param manifest digest and size
 * @param image the manifest
 * @param config of the image
 */
record MemberImage(BundleSpec.Member member, String path, RemoteRepository repository,
        Descriptor manifest, ImageManifest image, ImageConfig config) {
    private static final int MAX_CONFIG = 1024 * 1024;

    /**
     * Fetches manifest and config.
     *
     * @throws MalformedContentException when it is no image with layers that can be stacked
     */
    static MemberImage read(BundleSpec.Member member, String path, RemoteRepository repository,
            Descriptor manifest) {
        if (!(Manifests.fetch(repository, manifest).manifest() instanceof ImageManifest image)
                || !image.config().mediaType().equals(MediaType.IMAGE_CONFIG)) {
            throw new MalformedContentException("cannot bundle " + member + ": " + manifest.digest()
                    + " in " + repository + " is no image");
        }
        ImageConfig config = ImageConfig.read(bytes(repository, image.config()));
        if (config.diffIds().size() != image.layers().size()) {
            throw new MalformedContentException("cannot bundle " + member + ": its config names "
                    + config.diffIds().size() + " layers, its manifest " + image.layers().size());
        }
        return new MemberImage(member, path, repository, manifest, image, config);
    }

    /** A config, which is small. */
    static Bytes bytes(RemoteRepository repository, Descriptor config) {
        if (config.size() > MAX_CONFIG) {
            throw new LimitExceededException("cannot read image config " + config.digest() + ": "
                    + config.size() + " bytes, at most " + MAX_CONFIG + " are read");
        }
        try (InputStream in = repository.fetch(config)) {
            return Bytes.of(in.readAllBytes());
        } catch (IOException e) {
            throw new TransferException("cannot fetch image config " + config.digest() + " from "
                    + repository + ": " + e.getMessage(), e, true);
        }
    }

    List<LayerSource> layers() {
        List<LayerSource> layers = new ArrayList<>();
        for (int i = 0; i < image.layers().size(); i++) {
            Digest diffId = config.diffIds().get(i);
            layers.add(new LayerSource(image.layers().get(i), diffId, member.toString(), false,
                    repository, true));
        }
        return layers;
    }

    /** As the bundle's lock names it. */
    BundleLock.Content locked() {
        return new BundleLock.Content(manifest.digest(), layers().stream()
                .map(layer -> new BundleLock.Layer(layer.layer().digest(), layer.layer().size(),
                        layer.diffId()))
                .toList());
    }

    /** When upstream released it, as its annotation says. */
    Optional<Instant> created() {
        try {
            return Optional.ofNullable(image.annotations().get(Annotations.CREATED))
                    .map(
                            Instant::parse);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
