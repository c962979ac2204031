package dev.chandlery.testkit;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Fetcher;
import dev.chandlery.oci.content.Target;
import dev.chandlery.oci.json.ManifestWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Content for tests: equal arguments give equal bytes. */
public final class Samples {
    public static final MediaType ARTIFACT = new MediaType("application/vnd.example.artifact.v1");

    private Samples() {}

    /** Bytes that do not compress. */
    public static Bytes bytes(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return Bytes.of(bytes);
    }

    /** A descriptor of the bytes as a blob. */
    public static Descriptor blob(Bytes bytes) {
        return Descriptor.of(MediaType.OCTET_STREAM, bytes);
    }

    public static Descriptor blob(Bytes bytes, Algorithm algorithm) {
        return Descriptor.of(MediaType.OCTET_STREAM, bytes.digest(algorithm), bytes.size());
    }

    /** The descriptor without what is said about the content besides type, digest and size. */
    public static Descriptor plain(Descriptor descriptor) {
        return Descriptor.of(descriptor.mediaType(), descriptor.digest(), descriptor.size());
    }

    public static Descriptor pushBlob(Target target, Bytes bytes) {
        Descriptor blob = blob(bytes);
        target.push(blob, Content.of(bytes));
        return blob;
    }

    public static Descriptor pushText(Target target, String text) {
        return pushBlob(target, Bytes.ofUtf8(text));
    }

    /** Pushes a manifest as it is; what it names must be there. */
    public static Descriptor push(Target target, ManifestDocument document) {
        Descriptor plain = plain(document.descriptor());
        target.push(plain, Content.of(document.raw()));
        return plain;
    }

    /** Pushes an image of the empty config and one layer of that text. */
    public static Descriptor pushImage(Target target, String text) {
        return push(target, image(pushEmpty(target), pushText(target, text)));
    }

    /** Pushes the empty JSON object, which configs of artifacts are. */
    public static Descriptor pushEmpty(Target target) {
        target.push(Descriptor.EMPTY, Content.of(Bytes.ofUtf8("{}")));
        return Descriptor.EMPTY;
    }

    public static ManifestDocument image(Descriptor config, Descriptor... layers) {
        return ManifestWriter.write(new ImageManifest(MediaType.IMAGE_MANIFEST, null, config, List
                .of(layers), null, Annotations.none()));
    }

    public static ManifestDocument index(Descriptor... manifests) {
        return ManifestWriter.write(new ImageIndex(MediaType.IMAGE_INDEX, null, List.of(manifests),
                null, Annotations.none()));
    }

    /** A manifest of the empty config and layer, attached to the subject. */
    public static ManifestDocument attached(Descriptor subject, MediaType artifactType,
            Map<String, String> annotations) {
        return ManifestWriter.write(new ImageManifest(MediaType.IMAGE_MANIFEST, artifactType,
                Descriptor.EMPTY, List.of(Descriptor.EMPTY), plain(subject), Annotations.sorted(
                        annotations)));
    }

    /** An index of nothing, attached to the subject. */
    public static ManifestDocument attachedIndex(Descriptor subject, MediaType artifactType) {
        return ManifestWriter.write(new ImageIndex(MediaType.IMAGE_INDEX, artifactType, List.of(),
                plain(subject), Annotations.none()));
    }

    /** The whole content, as the store gives it. */
    public static Bytes fetch(Fetcher store, Descriptor descriptor) {
        try (InputStream in = store.fetch(descriptor)) {
            return Bytes.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A digest that no content of a test has. */
    public static Digest unknownDigest() {
        return Bytes.ofUtf8("nobody has pushed this").digest();
    }
}
