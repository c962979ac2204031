package dev.chandlery.publisher.pack;

import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.Compression;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.json.ImageConfig;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a packed tree becomes an image: who publishes and who checks make the same config and layer of it.
 *
 * @param platform that the image is for
 * @param compression of the layer
 * @param created when upstream published it; empty where that is not known
 */
record ImageForm(PlatformName platform, Compression compression, Optional<Instant> created) {
    private static final String TREE = ".";
    private static final String PATH =
            "PATH=/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin";

    /** What container engines read. */
    PackedBlob config(ToolTree tree, LayerFile layer) {
        ImageConfig config = new ImageConfig(platform.platform(), created.orElse(null), List.of("/"
                + tree.entrypoint()), List.of(PATH), List.of(layer.diffId()));
        return PackedBlob.of(MediaType.IMAGE_CONFIG, config.write());
    }

    /** The layer, which {@code oras pull} unpacks. */
    PackedBlob layer(LayerFile layer) {
        MediaType type = switch (compression) {
            case GZIP -> MediaType.IMAGE_LAYER_TAR_GZIP;
            case ZSTD -> MediaType.IMAGE_LAYER_TAR_ZSTD;
        };
        Descriptor descriptor = Descriptor.of(type, layer.digest(), layer.size())
                .withAnnotations(Annotations.sorted(Map.of(Annotations.TITLE, TREE,
                        Annotations.ORAS_UNPACK, "true", Annotations.ORAS_CONTENT_DIGEST, layer
                                .diffId()
                                .toString())));
        return new PackedBlob(descriptor, Content.of(layer.file()));
    }
}
