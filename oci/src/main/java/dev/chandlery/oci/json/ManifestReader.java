package dev.chandlery.oci.json;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.Manifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.UnrecognizedManifest;
import dev.chandlery.oci.api.Endpoints;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads manifests. Fields that we do not know are passed over, as the bytes are kept; what could be taken
 * for two things is refused.
 *
 * <p><b>Spec:</b> image-spec v1.1.1, Image Manifest and Image Index; on type confusion see
 * CVE-2021-41190.
 */
public final class ManifestReader {
    /** Another one means another format, whatever the type says. */
    private static final int SCHEMA_VERSION = 2;

    private ManifestReader() {}

    /** Reads bytes whose address is their SHA-256. */
    public static ManifestDocument read(Bytes raw, MediaType type) {
        return read(raw, type, raw.digest());
    }

    /**
     * Reads bytes that were compared with the digest before.
     *
     * @param type as the registry or descriptor says
     * @throws MalformedContentException when the bytes are not such a manifest
     * @throws LimitExceededException when there are more than {@link Endpoints#MAX_MANIFEST_BYTES}
     */
    public static ManifestDocument read(Bytes raw, MediaType type, Digest digest) {
        requireSize(raw, Endpoints.MAX_MANIFEST_BYTES, "manifest " + digest);
        Manifest manifest = type.isManifest()
                ? parse(raw, type, "manifest " + digest)
                : new UnrecognizedManifest(type);
        return new ManifestDocument(Descriptor.of(type, digest, raw.size()), raw, manifest);
    }

    /**
     * Reads the index of a layout, which may name more than one that is content itself.
     *
     * @throws MalformedContentException when the bytes are not an image index
     * @throws LimitExceededException when there are more than {@link Endpoints#MAX_LAYOUT_INDEX_BYTES}
     */
    public static ImageIndex readLayoutIndex(Bytes raw) {
        requireSize(raw, Endpoints.MAX_LAYOUT_INDEX_BYTES, "index.json");
        Fields fields = new Fields(StrictJson.readObject(raw, "index.json"), "index.json");
        refuseConfusion(fields, MediaType.IMAGE_INDEX);
        try {
            return index(fields, MediaType.IMAGE_INDEX);
        } catch (InvalidReferenceException e) {
            throw new MalformedContentException("cannot read index.json: " + e.getMessage(), e);
        }
    }

    private static void requireSize(Bytes raw, int most, String what) {
        if (raw.size() > most) {
            throw new LimitExceededException("cannot read " + what + ": " + raw.size()
                    + " bytes, at most " + most + " are read");
        }
    }

    private static Manifest parse(Bytes raw, MediaType type, String what) {
        Fields fields = new Fields(StrictJson.readObject(raw, what), what);
        refuseConfusion(fields, type);
        try {
            return type.isIndex() ? index(fields, type) : image(fields, type);
        } catch (InvalidReferenceException e) {
            throw new MalformedContentException("cannot read " + what + ": " + e.getMessage(), e);
        }
    }

    private static void refuseConfusion(Fields fields, MediaType type) {
        fields.text("mediaType").filter(inner -> !inner.equals(type.value())).ifPresent(inner -> {
            throw fields.unexpected("mediaType", "\"" + type + "\" as outside, got \"" + inner
                    + "\"");
        });
        if (fields.has("schemaVersion") && fields.requireSize("schemaVersion") != SCHEMA_VERSION) {
            throw fields.unexpected("schemaVersion", String.valueOf(SCHEMA_VERSION));
        }
        if (fields.has("manifests") && (fields.has("layers") || fields.has("config"))) {
            throw fields.unexpected("manifests",
                    "either manifests, or config and layers, got both");
        }
        if (type.isIndex() && !fields.has("manifests")) {
            throw fields.unexpected("manifests", "a list, as the type is " + type);
        }
        if (type.isImageManifest() && !fields.has("config")) {
            throw fields.unexpected("config", "a descriptor, as the type is " + type);
        }
    }

    private static ImageManifest image(Fields fields, MediaType type) {
        Descriptor config = fields.object("config").map(DescriptorJson::read).orElseThrow();
        List<Descriptor> layers = descriptors(fields, "layers");
        return new ImageManifest(type, artifactType(fields), config, layers, subject(fields),
                fields.textMap("annotations"));
    }

    private static ImageIndex index(Fields fields, MediaType type) {
        return new ImageIndex(type, artifactType(fields), descriptors(fields, "manifests"), subject(
                fields), fields.textMap("annotations"));
    }

    private static @Nullable MediaType artifactType(Fields fields) {
        String type = fields.text("artifactType").orElse("");
        return type.isEmpty() ? null : new MediaType(type);
    }

    private static @Nullable Descriptor subject(Fields fields) {
        return fields.object("subject").map(DescriptorJson::read).orElse(null);
    }

    private static List<Descriptor> descriptors(Fields fields, String name) {
        return fields.objects(name).stream().map(DescriptorJson::read).toList();
    }
}
