package dev.chandlery.publisher.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.blob.BlobDescriptor;
import com.google.cloud.tools.jib.image.Image;
import com.google.cloud.tools.jib.image.Layer;
import com.google.cloud.tools.jib.image.LayerCountMismatchException;
import com.google.cloud.tools.jib.image.LayerPropertyNotFoundException;
import com.google.cloud.tools.jib.image.ReferenceLayer;
import com.google.cloud.tools.jib.image.json.BadContainerConfigurationFormatException;
import com.google.cloud.tools.jib.image.json.ContainerConfigurationTemplate;
import com.google.cloud.tools.jib.image.json.HistoryEntry;
import com.google.cloud.tools.jib.image.json.ImageToJsonTranslator;
import com.google.cloud.tools.jib.image.json.JsonToImageTranslator;
import com.google.cloud.tools.jib.image.json.OciManifestTemplate;
import com.google.cloud.tools.jib.json.JsonTemplateMapper;
import dev.chandlery.config.BundleSpec;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.json.StrictJson;
import java.io.IOException;
import java.security.DigestException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes a bundle's image config with Jib: its model of an image takes over what a base image says of user,
 * environment, ports, volumes, labels and history, adds the tools' layers, and writes the same bytes for the
 * same image.
 *
 * <p>Deviation: Jib's config has no variant of the processor, so that is written behind it.
 */
final class ContainerConfig {
    private static final String IMAGE_LABEL = "org.opencontainers.image.";
    private static final String FOLDER = "/bin";
    private static final String USUAL_PATH =
            "/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin";

    private final BundleSpec bundle;
    private final PlatformName platform;
    private final Optional<Instant> created;

    ContainerConfig(BundleSpec bundle, PlatformName platform, Optional<Instant> created) {
        this.bundle = bundle;
        this.platform = platform;
        this.created = created;
    }

    /** What images of the base's makers say of themselves is not true of what stands on them. */
    private static Map<String, String> labels(Image base) {
        SortedMap<String, String> labels = new TreeMap<>();
        Map<String, String> all = base.getLabels();
        if (all != null) {
            all.forEach((key, value) -> {
                if (!key.startsWith(IMAGE_LABEL)) {
                    labels.put(key, value);
                }
            });
        }
        return labels;
    }

    /**
     * The config.
     *
     * @param base raw config of the base image and its layers
     * @param tools layers above it, in order
     * @param labels beside those of the base image
     */
    Bytes write(Optional<BaseImage.ForPlatform> base, List<LayerSource> tools,
            SortedMap<String, String> labels) {
        try {
            Optional<Image> below = base.isPresent()
                    ? Optional.of(image(base.get()))
                    : Optional.empty();
            Image.Builder builder = Image.builder(OciManifestTemplate.class)
                    .setArchitecture(platform.platform().architecture())
                    .setOs(platform.platform().os());
            created.ifPresent(builder::setCreated);
            if (below.isPresent()) {
                inherit(builder, below.get());
            }
            builder.addLabels(labels);
            builder.addEnvironmentVariable("PATH", path(below));
            entrypoint(builder, below);
            for (LayerSource layer : tools) {
                builder.addLayer(layer(layer)).addHistory(history(layer));
            }
            return withVariant(JsonTemplateMapper.toByteArray(new ImageToJsonTranslator(builder
                    .build()).getContainerConfiguration()));
        } catch (IOException | DigestException | LayerPropertyNotFoundException
                | LayerCountMismatchException | BadContainerConfigurationFormatException e) {
            throw new MalformedContentException("cannot build bundle " + bundle.name() + " for "
                    + platform + ": " + e.getMessage(), e);
        }
    }

    private static Image image(BaseImage.ForPlatform base) throws IOException, DigestException,
            LayerPropertyNotFoundException, LayerCountMismatchException,
            BadContainerConfigurationFormatException {
        OciManifestTemplate manifest = new OciManifestTemplate();
        manifest.setContainerConfiguration(base.config().size(), digest(base.config()
                .digest(
                        dev.chandlery.oci.Algorithm.SHA256)));
        for (LayerSource layer : base.layers()) {
            manifest.addLayer(layer.layer().size(), digest(layer.layer().digest()));
        }
        return JsonToImageTranslator.toImage(manifest, JsonTemplateMapper.readJson(base.config()
                .toArray(), ContainerConfigurationTemplate.class));
    }

    private static void inherit(Image.Builder builder, Image base)
            throws LayerPropertyNotFoundException {
        builder.addEnvironment(base.getEnvironment())
                .addLabels(labels(base))
                .addVolumes(base.getVolumes())
                .addExposedPorts(base.getExposedPorts())
                .setUser(base.getUser())
                .setWorkingDirectory(base.getWorkingDirectory())
                .setHealthCheck(base.getHealthCheck());
        for (Layer layer : base.getLayers()) {
            builder.addLayer(layer);
        }
        history(base).forEach(builder::addHistory);
    }

    /** One that does not tell each layer, as engines match them by number, is told anew. */
    private static List<HistoryEntry> history(Image base) {
        long told = base.getHistory().stream().filter(entry -> !isEmpty(entry)).count();
        return told == base.getLayers().size()
                ? List.copyOf(base.getHistory())
                : base.getLayers()
                        .stream()
                        .map(_ -> HistoryEntry.builder().setCreatedBy("base image").build())
                        .toList();
    }

    private static boolean isEmpty(HistoryEntry entry) {
        return !entry.hasCorrespondingLayer();
    }

    private void entrypoint(Image.Builder builder, Optional<Image> base) {
        if (bundle.image().entrypoint().isPresent()) {
            builder.setEntrypoint(List.of("/" + entrypoint(bundle, platform).orElseThrow()));
        } else {
            base.ifPresent(image -> builder.setEntrypoint(image.getEntrypoint())
                    .setProgramArguments(image.getProgramArguments()));
        }
    }

    /** Path of what a container runs, in the layers; empty when the bundle does not say. */
    static Optional<String> entrypoint(BundleSpec bundle, PlatformName platform) {
        return bundle.image()
                .entrypoint()
                .map(name -> "bin/" + name + platform
                        .executableSuffix());
    }

    /** The tools' folder is on it, in front when it was not there. */
    private static String path(Optional<Image> base) {
        Map<String, String> environment = base.<Map<String, String>>map(Image::getEnvironment)
                .orElse(Map.of());
        String path = environment.getOrDefault("PATH", USUAL_PATH);
        return List.of(path.split(":", -1)).contains(FOLDER) ? path : FOLDER + ":" + path;
    }

    private HistoryEntry history(LayerSource layer) {
        HistoryEntry.Builder entry = HistoryEntry.builder()
                .setCreatedBy("chandlery: " + layer
                        .origin());
        created.ifPresent(entry::setCreationTimestamp);
        return entry.build();
    }

    private static ReferenceLayer layer(LayerSource layer) throws DigestException {
        return new ReferenceLayer(new BlobDescriptor(layer.layer().size(), digest(layer.layer()
                .digest())), digest(layer.diffId()));
    }

    private static DescriptorDigest digest(Digest digest) throws DigestException {
        return DescriptorDigest.fromDigest(digest.toString());
    }

    private Bytes withVariant(byte[] json) {
        String variant = platform.platform().variant();
        ObjectNode config = StrictJson.readObject(Bytes.of(json), "image config");
        if (variant != null) {
            config.put("variant", variant);
        }
        return StrictJson.write(config);
    }
}
