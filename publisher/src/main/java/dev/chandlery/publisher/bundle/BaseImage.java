package dev.chandlery.publisher.bundle;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.Platform;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.UnsupportedFeatureException;
import dev.chandlery.oci.client.ClientOptions;
import dev.chandlery.oci.client.RemoteRegistry;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.client.auth.DockerCredentialProvider;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.json.ImageConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An image that a bundle stands on. Jib reads its reference, with Docker's short forms, and Docker's
 * credentials are used for its registry; it is resolved once, so that all platforms are of one index.
 *
 * @param name as registry.yaml has it
 * @param root the index or manifest that the name stood for
 * @param repository that has it
 * @param mountable whether it is in the registry that the bundle goes to
 */
record BaseImage(String name, ManifestDocument root, RemoteRepository repository,
        boolean mountable) {
    private static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar";

    /**
     * The image for one platform.
     *
     * @param manifest digest and size
     * @param config raw
     * @param layers with the types of the OCI specification
     */
    record ForPlatform(Descriptor manifest, Bytes config, List<LayerSource> layers) {}

    /**
     * Asks the image's registry for it.
     *
     * @throws ContentNotFoundException when there is no such image
     */
    static BaseImage find(String text, Session session, RegistryConnection target) {
        ImageReference reference = parse(text);
        Registry registry = Registry.parse(reference.getRegistry());
        boolean same = registry.equals(target.registry());
        RemoteRegistry client = same
                ? target.client()
                : new RemoteRegistry(registry, session.transport(), DockerCredentialProvider.of(
                        session.environment()), ClientOptions.DEFAULT);
        RemoteRepository repository = client.repository(new RepositoryName(reference
                .getRepository()));
        Identifier identifier = reference.getDigest()
                .<Identifier>map(Digest::parse)
                .orElseGet(() -> new Tag(reference.getTag().orElse("latest")));
        ManifestDocument root = repository.findManifest(identifier)
                .orElseThrow(
                        () -> new ContentNotFoundException("cannot find base image " + text
                                + ": no " + identifier + " in " + repository));
        return new BaseImage(text, root, repository, same);
    }

    private static ImageReference parse(String text) {
        try {
            return ImageReference.parse(text);
        } catch (InvalidImageReferenceException e) {
            throw new InvalidReferenceException("base image", text, String.valueOf(e
                    .getMessage()));
        }
    }

    /** Empty when the image is not for that platform. */
    Optional<ForPlatform> find(PlatformName platform) {
        return switch (root.manifest()) {
            case ImageIndex index -> index.manifests()
                    .stream()
                    .filter(manifest -> isFor(manifest.platform(), platform))
                    .findFirst()
                    .map(manifest -> read(manifest, Manifests.fetch(repository, manifest)));
            case ImageManifest _ -> Optional.of(read(root.descriptor(), root))
                    .filter(image -> isFor(ImageConfig.read(image.config()).platform(), platform));
            default -> Optional.empty();
        };
    }

    /** 64-bit ARM is written with and without its only variant. */
    private static boolean isFor(@Nullable Platform found, PlatformName platform) {
        Platform wanted = platform.platform();
        if (found == null || !found.os().equals(wanted.os()) || !found.architecture()
                .equals(wanted.architecture())) {
            return false;
        }
        return wanted.architecture().equals("arm64") || String.valueOf(found.variant())
                .equals(String.valueOf(wanted.variant()));
    }

    private ForPlatform read(Descriptor manifest, ManifestDocument document) {
        if (!(document.manifest() instanceof ImageManifest image)) {
            throw new UnsupportedFeatureException("cannot use base image " + name + ": "
                    + manifest.digest() + " is no image");
        }
        Bytes config = MemberImage.bytes(repository, image.config());
        List<Digest> diffIds = ImageConfig.read(config).diffIds();
        if (diffIds.size() != image.layers().size()) {
            throw new UnsupportedFeatureException("cannot use base image " + name
                    + ": its config does not name its layers");
        }
        List<LayerSource> layers = new ArrayList<>();
        for (int i = 0; i < diffIds.size(); i++) {
            Descriptor layer = image.layers().get(i);
            layers.add(new LayerSource(Descriptor.of(type(layer), layer.digest(), layer.size()),
                    diffIds.get(i), name, true, repository, mountable));
        }
        return new ForPlatform(manifest, config, layers);
    }

    private MediaType type(Descriptor layer) {
        String type = layer.mediaType().value();
        if (!layer.urls().isEmpty()) {
            throw new UnsupportedFeatureException("cannot use base image " + name
                    + ": layer " + layer.digest() + " is not in its registry");
        }
        return switch (type) {
            case DOCKER_LAYER -> MediaType.IMAGE_LAYER_TAR;
            case DOCKER_LAYER + ".gzip" -> MediaType.IMAGE_LAYER_TAR_GZIP;
            case DOCKER_LAYER + ".zstd" -> MediaType.IMAGE_LAYER_TAR_ZSTD;
            default -> layer.mediaType();
        };
    }
}
