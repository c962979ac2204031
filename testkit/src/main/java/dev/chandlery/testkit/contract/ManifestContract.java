package dev.chandlery.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Content;
import dev.chandlery.testkit.Samples;
import org.junit.jupiter.api.Test;

/**
 * Manifests: kept byte for byte, and visible only when their blobs are. An index whose manifests are missing
 * may be taken (a sparse index) or refused; when it is refused, it is not there.
 */
public interface ManifestContract extends Subject {

    @Test
    default void manifestComesBackByteForByte() {
        Descriptor layer = Samples.pushText(target(), "layer");
        Descriptor config = Samples.pushEmpty(target());
        Bytes raw = Bytes.ofUtf8("""
                { "mediaType": "%s", "schemaVersion": 2, "unknown": {"a": [1.50, null]},
                  "config": {"mediaType": "application/vnd.unheard-of+thing", "digest": "%s", "size": 2},
                  "layers": [{"mediaType": "x/y", "digest": "%s", "size": 5, "later": true}] }

                """.formatted(MediaType.IMAGE_MANIFEST, config.digest(), layer.digest()));
        Descriptor manifest = Descriptor.of(MediaType.IMAGE_MANIFEST, raw);

        target().push(manifest, Content.of(raw));

        assertThat(target().exists(manifest)).isTrue();
        assertThat(target().find(manifest.digest()).map(Samples::plain)).contains(manifest);
        assertThat(Samples.fetch(target(), manifest)).isEqualTo(raw);
    }

    @Test
    default void dockerManifestKeepsItsType() {
        Descriptor config = Samples.pushEmpty(target());
        Bytes raw = Bytes.ofUtf8(
                """
                {"schemaVersion":2,"mediaType":"%s","config":{"mediaType":
                "application/vnd.docker.container.image.v1+json","digest":"%s","size":2},"layers":[]}"""
                        .formatted(MediaType.DOCKER_MANIFEST, config.digest()));
        Descriptor manifest = Descriptor.of(MediaType.DOCKER_MANIFEST, raw);

        target().push(manifest, Content.of(raw));

        assertThat(Samples.plain(target().resolve(manifest.digest()))).isEqualTo(manifest);
        assertThat(Samples.fetch(target(), manifest)).isEqualTo(raw);
    }

    @Test
    default void manifestIsAddressedBySha512() {
        assume(Shortcoming.NO_SHA512);
        Samples.pushEmpty(target());
        Bytes raw = Samples.image(Descriptor.EMPTY).raw();
        Descriptor manifest = Descriptor.of(MediaType.IMAGE_MANIFEST, raw.digest(Algorithm.SHA512),
                raw.size());

        target().push(manifest, Content.of(raw));

        assertThat(target().find(manifest.digest()).map(Samples::plain)).contains(manifest);
        assertThat(Samples.fetch(target(), manifest)).isEqualTo(raw);
    }

    @Test
    default void indexesMayBeNested() {
        Descriptor image = Samples.pushImage(target(), "a");
        Descriptor inner = Samples.push(target(), Samples.index(image));
        Descriptor outer = Samples.push(target(), Samples.index(inner, image));

        assertThat(target().exists(outer)).isTrue();
        assertThat(Samples.plain(target().resolve(inner.digest()))).isEqualTo(inner);
        assertThat(Samples.plain(target().resolve(image.digest()))).isEqualTo(image);
        assertThat(Samples.plain(target().resolve(outer.digest()))).isEqualTo(outer);
    }

    @Test
    default void absentManifestIsNotFound() {
        Descriptor manifest = Samples.image(Descriptor.EMPTY).descriptor();

        assertThat(target().exists(manifest)).isFalse();
        assertThat(target().find(manifest.digest())).isEmpty();
        assertThat(target().find(new Tag("absent"))).isEmpty();
        assertThatThrownBy(() -> target().resolve(new Tag("absent"))).isInstanceOf(
                ContentNotFoundException.class).hasMessageContaining("absent");
        assertThatThrownBy(() -> Samples.fetch(target(), manifest)).isInstanceOf(
                ContentNotFoundException.class);
    }

    @Test
    default void blobIsNoManifest() {
        assume(Shortcoming.BLOB_AS_MANIFEST_FAILS);
        Descriptor blob = Samples.pushText(target(), "blob");

        assertThat(target().find(blob.digest())).isEmpty();
    }

    @Test
    default void manifestWhoseLayerIsMissingIsRefused() {
        Samples.pushEmpty(target());
        refuses(Samples.image(Descriptor.EMPTY, Samples.blob(Bytes.ofUtf8("never pushed"))));
    }

    @Test
    default void manifestWhoseConfigIsMissingIsRefused() {
        refuses(Samples.image(Descriptor.of(MediaType.IMAGE_CONFIG, Bytes.ofUtf8("{ }"))));
    }

    @Test
    default void indexWhoseManifestIsMissingIsTakenOrRefusedAsAWhole() {
        ManifestDocument sparse = Samples.index(Samples.plain(Samples.image(Descriptor.EMPTY)
                .descriptor()));
        Descriptor index = Samples.plain(sparse.descriptor());
        boolean taken = true;
        try {
            Samples.push(target(), sparse);
        } catch (OciException _) {
            taken = false;
        }

        assertThat(target().exists(index)).isEqualTo(taken);
        assertThat(target().find(index.digest()).isPresent()).isEqualTo(taken);
    }

    @Test
    default void wrongBytesOfAManifestAreRefused() {
        Samples.pushEmpty(target());
        Descriptor manifest = Samples.plain(Samples.image(Descriptor.EMPTY).descriptor());
        byte[] wrong = Samples.image(Descriptor.EMPTY).raw().toArray();
        wrong[wrong.length - 1] = ' ';

        assertThatThrownBy(() -> target().push(manifest, Content.of(Bytes.of(wrong)))).isInstanceOf(
                ContentMismatchException.class);
        assertThat(target().find(manifest.digest())).isEmpty();
    }

    @Test
    default void whatIsNoManifestIsRefusedAsOne() {
        Bytes raw = Bytes.ofUtf8("{\"schemaVersion\":2,\"manifests\":[],\"layers\":[]");
        Descriptor manifest = Descriptor.of(MediaType.IMAGE_MANIFEST, raw);

        assertThatThrownBy(() -> target().push(manifest, Content.of(raw))).isInstanceOf(
                OciException.class);
        assertThat(target().find(manifest.digest())).isEmpty();
    }

    @Test
    default void pushOfAManifestThatIsThereSucceeds() {
        Descriptor first = Samples.pushImage(target(), "a");
        Descriptor second = Samples.pushImage(target(), "a");

        assertThat(second).isEqualTo(first);
        assertThat(target().exists(first)).isTrue();
    }

    private void refuses(ManifestDocument document) {
        assertThatThrownBy(() -> Samples.push(target(), document)).isInstanceOf(OciException.class)
                .hasMessageContaining(document.descriptor().digest().toString());
        assertThat(target().exists(document.descriptor())).isFalse();
        assertThat(target().find(document.descriptor().digest())).isEmpty();
    }
}
