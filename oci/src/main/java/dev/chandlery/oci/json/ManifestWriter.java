package dev.chandlery.oci.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.Manifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.UnrecognizedManifest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes manifests that we make: fields in the specification's order, annotations sorted, no white space,
 * lists written even when empty. Manifests of others are never written anew.
 */
public final class ManifestWriter {
    private static final int SCHEMA_VERSION = 2;

    private ManifestWriter() {}

    /**
     * The manifest's bytes and their SHA-256.
     *
     * @throws IllegalArgumentException for an unrecognised manifest, which only has the bytes it came in
     */
    public static ManifestDocument write(Manifest manifest) {
        Bytes raw = StrictJson.write(switch (manifest) {
            case ImageManifest image -> image(image);
            case ImageIndex index -> index(index);
            case UnrecognizedManifest other -> throw new IllegalArgumentException(
                    "cannot write a manifest of type " + other.mediaType());
        });
        Descriptor descriptor = Descriptor.of(manifest.mediaType(), raw);
        return new ManifestDocument(manifest.effectiveArtifactType()
                .map(
                        descriptor::withArtifactType)
                .orElse(descriptor), raw, manifest);
    }

    private static ObjectNode image(ImageManifest image) {
        ObjectNode node = head(image.mediaType(), image.artifactType());
        node.set("config", DescriptorJson.write(image.config()));
        descriptors(node.putArray("layers"), image.layers());
        return tail(node, image, image.subject());
    }

    private static ObjectNode index(ImageIndex index) {
        ObjectNode node = head(index.mediaType(), index.artifactType());
        descriptors(node.putArray("manifests"), index.manifests());
        return tail(node, index, index.subject());
    }

    private static ObjectNode head(MediaType mediaType, @Nullable MediaType artifactType) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("schemaVersion", SCHEMA_VERSION);
        node.put("mediaType", mediaType.value());
        if (artifactType != null) {
            node.put("artifactType", artifactType.value());
        }
        return node;
    }

    private static ObjectNode tail(ObjectNode node, Manifest manifest,
            @Nullable Descriptor subject) {
        if (subject != null) {
            node.set("subject", DescriptorJson.write(subject));
        }
        DescriptorJson.putAnnotations(node, manifest.annotations());
        return node;
    }

    private static void descriptors(ArrayNode array, List<Descriptor> descriptors) {
        descriptors.forEach(descriptor -> array.add(DescriptorJson.write(descriptor)));
    }
}
