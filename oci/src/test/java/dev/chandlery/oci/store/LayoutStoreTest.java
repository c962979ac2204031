package dev.chandlery.oci.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.UnsupportedFeatureException;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Deleter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutStoreTest {
    @TempDir
    Path root;

    @Test
    void makesALayoutThatTheSpecificationKnows() throws IOException {
        LayoutStore.create(root.resolve("new/layout"));

        assertThat(root.resolve("new/layout/oci-layout")).hasContent(
                "{\"imageLayoutVersion\":\"1.0.0\"}");
        assertThat(root.resolve("new/layout/index.json")).hasContent("{\"schemaVersion\":2,"
                + "\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}");
    }

    @Test
    void anotherStoreOnTheSameFolderSeesWhatIsStored() {
        Descriptor image = Sample.image(LayoutStore.create(root), "a");
        LayoutStore.create(root).tag(image, new Tag("v1"));

        LayoutStore again = LayoutStore.open(root);
        assertThat(again.resolve(new Tag("v1"))).isEqualTo(image);
        assertThat(again.exists(image)).isTrue();
        assertThat(Files.isRegularFile(root.resolve("blobs/sha256/" + image.digest().encoded())))
                .isTrue();
    }

    @Test
    void foldersOfOthersAreNotFilled() throws IOException {
        Files.writeString(root.resolve("notes.txt"), "mine");

        assertThatThrownBy(() -> LayoutStore.create(root)).isInstanceOf(StorageException.class)
                .hasMessageContaining("name an empty one");
        assertThat(root.resolve("oci-layout")).doesNotExist();
    }

    @Test
    void whatIsNoLayoutIsNotOpened() throws IOException {
        assertThatThrownBy(() -> LayoutStore.open(root)).isInstanceOf(
                ContentNotFoundException.class).hasMessageContaining("not an OCI layout");
        Files.writeString(root.resolve("oci-layout"), "{\"imageLayoutVersion\":\"2.0.0\"}");
        assertThatThrownBy(() -> LayoutStore.open(root)).isInstanceOf(
                UnsupportedFeatureException.class).hasMessageContaining("\"2.0.0\"");
        Files.writeString(root.resolve("oci-layout"), "{");
        assertThatThrownBy(() -> LayoutStore.open(root)).isInstanceOf(
                MalformedContentException.class);
    }

    @Test
    void aCorruptIndexSaysWhereItIs() throws IOException {
        LayoutStore store = LayoutStore.create(root);
        Files.writeString(root.resolve("index.json"), "{\"manifests\":[");

        assertThatThrownBy(() -> store.find(new Tag("v1"))).isInstanceOf(
                MalformedContentException.class)
                .hasMessageContaining("index.json of layout "
                        + root);
    }

    @Test
    void aCorruptBlobIsNoticedWhenItIsRead() throws IOException {
        LayoutStore store = LayoutStore.create(root);
        Descriptor blob = Sample.blob(store, "right");
        Files.writeString(root.resolve("blobs/sha256/" + blob.digest().encoded()), "wrong");

        assertThatThrownBy(() -> {
            try (InputStream in = store.fetch(blob)) {
                in.readAllBytes();
            }
        }).isInstanceOf(ContentMismatchException.class);
    }

    @Test
    void aTruncatedBlobIsReplacedByAPush() throws IOException {
        LayoutStore store = LayoutStore.create(root);
        Descriptor blob = Sample.blob(store, "right");
        Path file = root.resolve("blobs/sha256/" + blob.digest().encoded());
        Files.writeString(file, "rig");

        assertThat(store.exists(blob)).isFalse();
        Sample.blob(store, "right");
        assertThat(file).hasContent("right");
    }

    @Test
    void aFailedPushLeavesNoFile() throws IOException {
        LayoutStore store = LayoutStore.create(root);
        Descriptor blob = Descriptor.of(MediaType.OCTET_STREAM, Bytes.ofUtf8("right"));

        assertThatThrownBy(() -> store.push(blob, Content.of(Bytes.ofUtf8("wrong")))).isInstanceOf(
                ContentMismatchException.class);
        assertThatThrownBy(() -> store.push(blob, () -> {
            throw new IOException("gone");
        })).hasMessageContaining("cannot read the content: gone");
        assertThat(filesBelow("blobs")).isEmpty();
        assertThat(filesBelow("ingest")).isEmpty();
    }

    @Test
    void onlyOldLeftoversAreReaped() throws IOException {
        LayoutStore.create(root);
        Path old = Files.writeString(Files.createDirectories(root.resolve("ingest")).resolve("old"),
                "x");
        Files.writeString(root.resolve("ingest/fresh"), "x");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(7200)));

        LayoutStore.create(root);

        assertThat(filesBelow("ingest")).containsExactly(root.resolve("ingest/fresh"));
    }

    @Test
    void anInterruptedCreationIsCompleted() throws IOException {
        LayoutStore.create(root);
        Files.delete(root.resolve("index.json"));

        assertThat(LayoutStore.open(root).find(new Tag("v1"))).isEmpty();
        LayoutStore.create(root);
        assertThat(root.resolve("index.json")).exists();
    }

    @Test
    void entriesOfOthersStayAsTheyAre() throws IOException {
        LayoutStore store = LayoutStore.create(root);
        Descriptor image = Sample.image(store, "a");
        Files.writeString(root.resolve("index.json"), """
                {"schemaVersion":2,"manifests":[{"mediaType":"%s","digest":"%s","size":%d,
                 "annotations":{"io.containerd.image.name":"example.com/a:v1",
                 "org.opencontainers.image.ref.name":"example.com/a:v1"}}],
                 "annotations":{"k":"v"}}""".formatted(image.mediaType(), image.digest(), image
                .size()));

        store.tag(image, new Tag("v1"));

        assertThat(store.tagLister().orElseThrow().tags()).containsExactly(new Tag("v1"));
        assertThat(root.resolve("index.json")).content()
                .contains("\"org.opencontainers.image.ref.name\":\"example.com/a:v1\"",
                        "\"org.opencontainers.image.ref.name\":\"v1\"",
                        "\"annotations\":{\"k\":\"v\"}");
    }

    @Test
    void onlyRootsAreEntriesOfTheIndex() throws IOException {
        LayoutStore store = LayoutStore.create(root);
        Descriptor image = Sample.image(store, "a");
        Descriptor index = Sample.index(store, image);

        assertThat(root.resolve("index.json")).content()
                .contains(index.digest().encoded())
                .doesNotContain(image.digest().encoded());
        assertThat(store.resolve(image.digest())).isEqualTo(image);
    }

    @Test
    void whatADeletedIndexNamedIsStillThere() {
        LayoutStore store = LayoutStore.create(root);
        Descriptor image = Sample.image(store, "a");
        Descriptor inner = Sample.index(store, image);
        Descriptor outer = Sample.index(store, inner);
        Deleter deleter = store.deleter().orElseThrow();

        deleter.delete(inner);
        assertThat(store.exists(inner)).isFalse();
        assertThat(store.exists(image)).isTrue();
        deleter.delete(outer);
        assertThat(LayoutStore.open(root).exists(image)).isTrue();
    }

    private List<Path> filesBelow(String folder) throws IOException {
        if (!Files.exists(root.resolve(folder))) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(root.resolve(folder))) {
            return found.filter(Files::isRegularFile).toList();
        }
    }
}
