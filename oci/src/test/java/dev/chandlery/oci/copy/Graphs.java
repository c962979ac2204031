package dev.chandlery.oci.copy;

import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Target;
import dev.chandlery.oci.json.ManifestWriter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small graphs in stores. */
final class Graphs {

    private Graphs() {}

    static Descriptor blob(Target store, String text) {
        Bytes bytes = Bytes.ofUtf8(text);
        Descriptor blob = Descriptor.of(MediaType.OCTET_STREAM, bytes);
        store.push(blob, Content.of(bytes));
        return blob;
    }

    static Descriptor image(Target store, String... layers) {
        return image(store, null, layers);
    }

    static Descriptor image(Target store, @Nullable Descriptor subject, String... layers) {
        store.push(Descriptor.EMPTY, Content.of(Bytes.ofUtf8("{}")));
        List<Descriptor> blobs = Arrays.stream(layers).map(text -> blob(store, text)).toList();
        return push(store, ManifestWriter.write(new ImageManifest(MediaType.IMAGE_MANIFEST,
                MediaType.OCTET_STREAM, Descriptor.EMPTY, blobs, subject, Annotations.none())));
    }

    static Descriptor index(Target store, Descriptor... children) {
        return push(store, ManifestWriter.write(new ImageIndex(MediaType.IMAGE_INDEX, null, List
                .of(children), null, Annotations.none())));
    }

    static Descriptor push(Target store, ManifestDocument document) {
        store.push(document.descriptor(), Content.of(document.raw()));
        return Descriptor.of(document.manifest().mediaType(), document.raw());
    }

    static void tag(Target store, Descriptor manifest, String tag) {
        store.tag(manifest, new Tag(tag));
    }
}
