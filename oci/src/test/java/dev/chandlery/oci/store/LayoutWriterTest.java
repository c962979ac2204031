package dev.chandlery.oci.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.json.ManifestWriter;
import dev.chandlery.oci.tar.TarEntry;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives on their way, and what is left of them when it ends too early. */
class LayoutWriterTest {
    @TempDir
    Path folder;
    private final Bytes large = Bytes.of(new byte[300_000]);
    private final Descriptor described = Descriptor.of(MediaType.OCTET_STREAM, large);
    private Path file;
    private Path part;

    @BeforeEach
    void name() {
        file = folder.resolve("out/export.tar");
        part = folder.resolve("out/export.tar.part");
    }

    private LayoutWriter writer() {
        return LayoutWriter.toArchive(file, EarlierLayout.NONE);
    }

    @Test
    void nothingHasTheNameBeforeTheEnd() throws IOException {
        try (LayoutWriter writer = writer()) {
            Sample.image(writer, "a");
            assertThat(file).doesNotExist();
        }
        assertThat(file).doesNotExist();
        assertThat(part).exists();
        try (LayoutWriter writer = writer()) {
            writer.finish();
        }
        assertThat(part).doesNotExist();
        assertThat(Layout.open(file).entries()).isEmpty();
        assertThat(Files.size(file)).as("what nothing names is not kept").isLessThan(4096);
    }

    @Test
    void theSameContentGivesTheSameBytes() throws IOException {
        byte[] first = once();
        assertThat(once()).isEqualTo(first);
    }

    private byte[] once() throws IOException {
        try (LayoutWriter writer = writer()) {
            writer.tag(Sample.image(writer, "a"), new Tag("b"));
            writer.tag(Sample.image(writer, "b"), new Tag("a"));
            writer.finish();
        }
        return Files.readAllBytes(file);
    }

    @Test
    void brokenContentLeavesItsPlaceToTheNextAttempt() throws IOException {
        try (LayoutWriter writer = writer()) {
            assertThatThrownBy(() -> writer.push(described, Content.of(Bytes.of(
                    new byte[200_000])))).isInstanceOf(ContentMismatchException.class);
            long before = Files.size(part);
            writer.push(described, Content.of(large));
            assertThat(Files.size(part)).isEqualTo(before + TarEntry.BLOCK_BYTES + large
                    .size());
            assertThat(writer.exists(described)).isTrue();
        }
    }

    @Test
    void killedRunIsGoneOnWith() throws IOException {
        Descriptor image;
        try (LayoutWriter writer = writer()) {
            image = Sample.image(writer, "a");
            writer.push(described, Content.of(large));
        }
        byte[] whole = Files.readAllBytes(part);
        for (int size = 0; size < whole.length; size += 20_011) {
            Files.write(part, Arrays.copyOf(whole, size));
            try (LayoutWriter writer = writer()) {
                assertThat(writer.exists(described)).isFalse();
                assertThat(Sample.image(writer, "a")).isEqualTo(image);
                writer.tag(image, new Tag("v1"));
                writer.finish();
            }
            Layout layout = Layout.open(file);
            assertThat(layout.resolve(new Tag("v1")).digest()).isEqualTo(image
                    .digest());
            Files.delete(file);
        }
        Files.write(part, whole);
        try (LayoutWriter writer = writer()) {
            assertThat(writer.exists(described)).isTrue();
            assertThat(writer.exists(image)).as("nothing names it yet").isFalse();
        }
    }

    @Test
    void corruptBytesOfAKilledRunAreNotKept() throws IOException {
        try (LayoutWriter writer = writer()) {
            writer.push(described, Content.of(large));
        }
        byte[] whole = Files.readAllBytes(part);
        whole[whole.length - 1000] = 1;
        Files.write(part, whole);
        try (LayoutWriter writer = writer()) {
            assertThat(writer.exists(described)).isFalse();
            writer.push(described, Content.of(large));
            assertThat(writer.exists(described)).isTrue();
        }
    }

    @Test
    void filesOfOthersAreNotTouched() throws IOException {
        Files.createDirectories(folder.resolve("out"));
        Files.writeString(part, "half of something else");
        assertThatThrownBy(this::writer).isInstanceOf(StorageException.class)
                .hasMessageContaining("no unfinished layout");
        assertThat(part).hasContent("half of something else");
    }

    @Test
    void oneWriterAtATime() {
        try (LayoutWriter _ = writer()) {
            assertThatThrownBy(this::writer).isInstanceOf(StorageException.class)
                    .hasMessageContaining("another one is writing it");
        }
        try (LayoutWriter again = writer()) {
            assertThat(again.exists(described)).isFalse();
        }
        assertThat(part).as("nothing was in it").doesNotExist();
    }

    @Test
    void placeThatStaysEmptyIsNotInTheEnd() throws IOException {
        Bytes other = Bytes.of(new byte[100_000]);
        Descriptor behind = Descriptor.of(MediaType.OCTET_STREAM, other);
        try (LayoutWriter writer = writer()) {
            Content broken = () -> new FilterInputStream(large.openStream()) {
                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    writer.push(behind, Content.of(other));
                    throw new IOException("broken on purpose");
                }
            };
            assertThatThrownBy(() -> writer.push(described, broken)).isInstanceOf(
                    TransferException.class).hasMessageContaining("broken on purpose");
            writer.push(Descriptor.EMPTY, Content.of(Bytes.ofUtf8("{}")));
            Descriptor image = Sample.push(writer, ManifestWriter.write(new ImageManifest(
                    MediaType.IMAGE_MANIFEST, null, Descriptor.EMPTY, List.of(behind), null,
                    Annotations.none())));
            writer.tag(image, new Tag("v1"));
            writer.finish();
        }
        Layout layout = Layout.open(file);
        assertThat(layout.exists(behind)).isTrue();
        assertThat(layout.fetch(behind).readAllBytes()).isEqualTo(other.toArray());
        assertThat(Files.size(file)).isLessThan(large.size());
        try (Stream<Path> left = Files.list(folder.resolve("out"))) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void repositoriesHaveTagsOfTheirOwn() {
        RepositoryName protoc = new RepositoryName("tools/protoc");
        RepositoryName buf = new RepositoryName("tools/buf");
        Descriptor first;
        Descriptor second;
        try (LayoutWriter writer = writer()) {
            first = Sample.image(writer.repository(protoc), "a");
            second = Sample.image(writer.repository(buf), "b");
            writer.repository(protoc).tag(first, new Tag("v1"));
            writer.repository(buf).tag(second, new Tag("v1"));
            assertThat(writer.repository(buf).tagLister().orElseThrow().tags()).containsExactly(
                    new Tag("v1"));
            assertThat(writer.repository(protoc).resolve(new Tag("v1"))).isEqualTo(first);
            writer.finish();
        }
        assertThat(Layout.open(file).entries()).extracting(LayoutEntry::name,
                LayoutEntry::repository, entry -> entry.manifest().digest())
                .containsExactly(tuple("tools/buf:v1", buf, second.digest()), tuple(
                        "tools/protoc:v1", protoc, first.digest()));
    }

    @Test
    void whatTheBaseHasIsLeftOut() {
        try (LayoutWriter writer = writer()) {
            writer.tag(Sample.image(writer, "old"), new Tag("v1"));
            writer.finish();
        }
        Layout previous = Layout.open(file);
        Path delta = folder.resolve("delta.tar");
        Descriptor old = Descriptor.of(MediaType.OCTET_STREAM, Bytes.ofUtf8("old"));
        Descriptor added = Descriptor.of(MediaType.OCTET_STREAM, Bytes.ofUtf8("new"));
        try (LayoutWriter writer = LayoutWriter.toArchive(delta, EarlierLayout.of(previous))) {
            writer.tag(Sample.image(writer, "old"), new Tag("v1"));
            writer.tag(Sample.image(writer, "new"), new Tag("v2"));
            writer.finish();
        }
        Layout layout = Layout.open(delta);
        assertThat(layout.base()).contains(previous.digest());
        assertThat(layout.manifests()).hasSize(2).allMatch(layout::exists);
        assertThat(layout.exists(old)).isFalse();
        assertThat(layout.exists(added)).isTrue();
        assertThat(EarlierLayout.of(layout).blobs()).containsOnlyKeys(old.digest(), added.digest(),
                Descriptor.EMPTY.digest());
    }

    @Test
    void folderKeepsWhatOthersNamed() throws IOException {
        Path layout = folder.resolve("layout");
        LayoutStore store = LayoutStore.create(layout);
        store.tag(Sample.image(store, "a"), new Tag("theirs"));
        try (LayoutWriter writer = LayoutWriter.toFolder(layout, EarlierLayout.NONE)) {
            Descriptor image = Sample.image(writer, "b");
            writer.tag(image, new Tag("ours"));
            assertThat(store.find(new Tag("ours"))).as("before the end").isEmpty();
            store.tag(Sample.image(store, "c"), new Tag("meanwhile"));
            writer.finish();
        }
        assertThat(store.tagLister().orElseThrow().tags()).containsExactly(new Tag("meanwhile"),
                new Tag("ours"), new Tag("theirs"));
    }

    @Test
    void rehearsalWritesNothing() {
        try (LayoutWriter writer = LayoutWriter.rehearsal(file, EarlierLayout.NONE)) {
            Descriptor image = Sample.image(writer, "a");
            writer.tag(image, new Tag("v1"));
            assertThat(writer.exists(image)).isTrue();
            writer.finish();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void manyTagsAreNamed() {
        int tags = 20_000;
        try (LayoutWriter writer = writer()) {
            Descriptor image = Sample.image(writer, "a");
            for (int i = 0; i < tags; i++) {
                writer.repository(new RepositoryName("tools/protoc")).tag(image, new Tag("v" + i));
            }
            writer.finish();
        }
        assertThat(Layout.open(file).entries()).hasSize(tags);
    }
}
