package dev.chandlery.oci.store;

import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Target;
import dev.chandlery.oci.json.ManifestWriter;
import java.util.List;

/** Small graphs for tests. */
final class Sample {

    private Sample() {}

    static Descriptor blob(Target target, String text) {
        Bytes bytes = Bytes.ofUtf8(text);
        Descriptor blob = Descriptor.of(MediaType.OCTET_STREAM, bytes);
        target.push(blob, Content.of(bytes));
        return blob;
    }

    static Descriptor image(Target target, String text) {
        Descriptor config = Descriptor.EMPTY;
        target.push(config, Content.of(Bytes.ofUtf8("{}")));
        return push(target, ManifestWriter.write(new ImageManifest(MediaType.IMAGE_MANIFEST, null,
                config, List.of(blob(target, text)), null, Annotations.none())));
    }

    static Descriptor index(Target target, Descriptor... children) {
        return push(target, ManifestWriter.write(new ImageIndex(MediaType.IMAGE_INDEX, null, List
                .of(
                        children), null, Annotations.none())));
    }

    static Descriptor push(Target target, ManifestDocument document) {
        target.push(document.descriptor(), Content.of(document.raw()));
        return Descriptor.of(document.manifest().mediaType(), document.raw());
    }
}
