package dev.chandlery.oci.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.UnsupportedFeatureException;
import dev.chandlery.oci.tar.TarEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives as others make them, and as nobody should. */
class LayoutArchiveTest {
    private static final Bytes BLOB = Bytes.ofUtf8("a blob");
    private static final Descriptor DESCRIBED = Descriptor.of(MediaType.OCTET_STREAM, BLOB);
    private static final String BLOB_NAME = "blobs/sha256/" + DESCRIBED.digest().encoded();
    private static final String MARKER = "{\"imageLayoutVersion\": \"1.0.0\"}";
    private static final String INDEX = "{\"schemaVersion\":2,\"manifests\":[]}";

    @TempDir
    Path folder;

    private static TarSample layout(String prefix) {
        return new TarSample().file(prefix + "oci-layout", MARKER)
                .file(prefix + "index.json",
                        INDEX);
    }

    private Layout open(TarSample tar) {
        return Layout.open(tar.write(folder.resolve("layout.tar")));
    }

    private void refuses(TarSample tar, Class<? extends OciException> kind, String... words) {
        assertThatThrownBy(() -> open(tar)).isInstanceOf(kind)
                .hasMessageContainingAll(words)
                .hasMessageContaining("layout.tar");
    }

    private static Bytes fetch(Layout layout, Descriptor descriptor) throws IOException {
        try (InputStream in = layout.fetch(descriptor)) {
            return Bytes.of(in.readAllBytes());
        }
    }

    @Nested
    class Reads {
        @Test
        void namesWithADotBefore() throws IOException {
            Layout layout = open(layout("./").file("./" + BLOB_NAME, BLOB));
            assertThat(fetch(layout, DESCRIBED)).isEqualTo(BLOB);
        }

        @Test
        void namesOfOtherFormats() throws IOException {
            Bytes other = Bytes.ofUtf8("another");
            Descriptor sha512 = Descriptor.of(MediaType.OCTET_STREAM, other.digest(
                    Algorithm.SHA512), other.size());
            String longName = "blobs/sha512/" + sha512.digest().encoded();
            Layout layout = open(layout("").extended('g', "comment=x")
                    .extended('x', "mtime=1.5",
                            "path=" + BLOB_NAME)
                    .file("short", BLOB)
                    .changed("././@LongLink", Bytes
                            .ofUtf8(longName + "\0"), h -> h[TarEntry.TYPE_AT] = 'L')
                    .file(longName
                            .substring(0, 99), other));
            assertThat(fetch(layout, DESCRIBED)).isEqualTo(BLOB);
            assertThat(fetch(layout, sha512)).isEqualTo(other);
        }

        @Test
        void prefixesAndBinarySizes() throws IOException {
            Layout layout = open(layout("").changed(BLOB_NAME.substring("blobs/".length()), BLOB,
                    header -> {
                        TarSample.text(header, 345, "blobs");
                        TarSample.text(header, TarEntry.SIZE_AT, "\0\0\0\0\0\0\0\0\0\0\0\6");
                        header[TarEntry.SIZE_AT] = (byte) 0x80;
                    }));
            assertThat(fetch(layout, DESCRIBED)).isEqualTo(BLOB);
        }

        @Test
        void whatDockerAddsIsPassedOver() {
            Layout layout = open(layout("").special("blobs/", '5', "")
                    .special("x/layer.tar", '2', "../blobs/sha256/y")
                    .file("manifest.json", "[]")
                    .file("manifest.json", "[]"));
            assertThat(layout.entries()).isEmpty();
        }

        @Test
        void corruptBlobFailsAtItsEnd() {
            Layout layout = open(layout("").file(BLOB_NAME, "A blob"));
            assertThatThrownBy(() -> fetch(layout, DESCRIBED)).isInstanceOf(
                    ContentMismatchException.class);
        }
    }

    @Nested
    class Refuses {
        @Test
        void whatIsNoTar() throws IOException {
            Path file = Files.writeString(folder.resolve("layout.tar"), "x".repeat(2000));
            assertThatThrownBy(() -> Layout.open(file)).isInstanceOf(
                    MalformedContentException.class).hasMessageContaining("it is no tar");
            Files.write(file, new byte[0]);
            assertThatThrownBy(() -> Layout.open(file)).isInstanceOf(
                    MalformedContentException.class).hasMessageContaining("truncated");
            Files.delete(file);
            assertThatThrownBy(() -> Layout.open(file)).isInstanceOf(
                    ContentNotFoundException.class).hasMessageContaining("no such file");
        }

        @Test
        void packedArchives() throws IOException {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                out.write(LayoutArchiveTest.layout("").file("more", Bytes.of(new byte[0])).ended());
                byte[] noise = new byte[4096];
                new java.util.Random(1).nextBytes(noise);
                out.write(noise);
            }
            refuses(new TarSample().raw(packed.toByteArray()), MalformedContentException.class,
                    "compressed by gzip");
        }

        @Test
        void tarsThatAreNoLayout() {
            refuses(new TarSample().file("a", "b"), ContentNotFoundException.class,
                    "no file oci-layout");
            refuses(new TarSample().file("oci-layout", MARKER), ContentNotFoundException.class,
                    "no file index.json");
            refuses(new TarSample().file("oci-layout", "{\"imageLayoutVersion\":\"2.0\"}"),
                    UnsupportedFeatureException.class, "2.0");
        }

        @Test
        void everyTruncation() throws IOException {
            byte[] whole = LayoutArchiveTest.layout("").file(BLOB_NAME, BLOB).ended();
            Path file = folder.resolve("layout.tar");
            for (int size = 0; size <= whole.length - 2 * TarEntry.BLOCK_BYTES; size += 100) {
                Files.write(file, Arrays.copyOf(whole, size));
                assertThatThrownBy(() -> Layout.open(file)).isInstanceOf(
                        MalformedContentException.class);
            }
        }

        @Test
        void linksInPlaceOfContent() {
            refuses(LayoutArchiveTest.layout("").special(BLOB_NAME, '2', "/etc/passwd"),
                    MalformedContentException.class, BLOB_NAME, "link");
            refuses(LayoutArchiveTest.layout("").special(BLOB_NAME, '1', "oci-layout"),
                    MalformedContentException.class, BLOB_NAME, "link");
            refuses(new TarSample().special("index.json", '2', "other"),
                    MalformedContentException.class, "index.json", "link");
            refuses(LayoutArchiveTest.layout("")
                    .extended('x', "GNU.sparse.major=1")
                    .file(BLOB_NAME,
                            BLOB),
                    MalformedContentException.class, BLOB_NAME, "sparse");
        }

        @Test
        void doubles() {
            refuses(LayoutArchiveTest.layout("").file("./index.json", INDEX),
                    MalformedContentException.class, "index.json twice");
            refuses(LayoutArchiveTest.layout("").file(BLOB_NAME, BLOB).file(BLOB_NAME, "longer "),
                    MalformedContentException.class, BLOB_NAME + " twice");
        }

        @Test
        void sizesThatLie() {
            refuses(LayoutArchiveTest.layout("")
                    .changed(BLOB_NAME, BLOB, header -> TarSample.text(
                            header, TarEntry.SIZE_AT, "77777777777")),
                    MalformedContentException.class,
                    "size of an entry is wrong");
            refuses(LayoutArchiveTest.layout("")
                    .changed(BLOB_NAME, BLOB, header -> TarSample.text(
                            header, TarEntry.SIZE_AT, "-0000000001")),
                    MalformedContentException.class,
                    "size of an entry is wrong");
            refuses(LayoutArchiveTest.layout("").extended('x', "size=-1").file(BLOB_NAME, BLOB),
                    MalformedContentException.class, "size of an entry is wrong");
            refuses(LayoutArchiveTest.layout("")
                    .changed("dir/", BLOB,
                            header -> header[TarEntry.TYPE_AT] = '5'),
                    MalformedContentException.class,
                    "folder or device with content");
        }

        @Test
        void headersThatHideEntries() {
            refuses(LayoutArchiveTest.layout("").extended('g', "path=" + BLOB_NAME),
                    MalformedContentException.class, "global header");
            refuses(LayoutArchiveTest.layout("").extended('g', "size=0"),
                    MalformedContentException.class, "global header");
            refuses(LayoutArchiveTest.layout("")
                    .changed("pax", Bytes.ofUtf8("999 path=x\n"),
                            header -> header[TarEntry.TYPE_AT] = 'x'),
                    MalformedContentException.class,
                    "extended header that is none");
        }

        @Test
        void hugeIndexesAndHeaders() {
            Bytes huge = Bytes.of(new byte[17 << 20]);
            refuses(new TarSample().file("oci-layout", MARKER).file("index.json", huge),
                    LimitExceededException.class, "index.json");
            refuses(new TarSample().changed("pax", huge, header -> header[TarEntry.TYPE_AT] = 'x')
                    .file("a", "b"), LimitExceededException.class, "extended header");
        }
    }
}
