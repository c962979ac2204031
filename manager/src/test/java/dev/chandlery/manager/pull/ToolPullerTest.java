package dev.chandlery.manager.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.chandlery.manager.cache.BlobCache;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.Platform;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.json.ImageConfig;
import dev.chandlery.oci.json.ManifestWriter;
import dev.chandlery.oci.store.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolPullerTest {
    private static final byte[] TAR = new Tars().folder("bin").file("bin/tool", "new", 0755).done();

    @TempDir
    Path top;
    private final MemoryStore store = new MemoryStore();

    @Test
    void eachCompressionUnpacksToTheSame() throws IOException {
        Map<MediaType, byte[]> layers = Map.of(MediaType.IMAGE_LAYER_TAR, TAR,
                MediaType.IMAGE_LAYER_TAR_GZIP, Tars.gzip(TAR), MediaType.IMAGE_LAYER_TAR_ZSTD, Zstd
                        .compress(TAR));
        for (var layer : layers.entrySet()) {
            Path folder = top.resolve(layer.getValue().length + "");
            pull(image(diffIds(TAR), blob(layer.getKey(), layer.getValue())), folder);
            assertThat(snapshot(folder)).isEqualTo(Map.of("bin", "folder", "bin/tool", "new"));
            assertThat(folder.resolve("bin/tool")).isExecutable();
        }
    }

    @Test
    void anEarlierPullIsReplacedAndOtherFilesStay() throws IOException {
        Path folder = Files.createDirectories(top.resolve("tool"));
        Files.createDirectory(folder.resolve("bin"));
        Files.writeString(folder.resolve("bin/tool"), "old");
        Files.writeString(folder.resolve("bin/own"), "mine");

        pull(image(diffIds(TAR), blob(MediaType.IMAGE_LAYER_TAR, TAR)), folder);

        assertThat(snapshot(folder)).isEqualTo(Map.of("bin", "folder", "bin/tool", "new", "bin/own",
                "mine"));
    }

    @Test
    void whatAKilledPullLeftIsRemoved() throws IOException {
        Path folder = Files.createDirectories(top.resolve("tool"));
        Path killed = Files.createDirectories(folder.resolve(".pull-1/item-1"));
        Files.writeString(killed.resolve("half"), "x");
        Files.createFile(folder.resolve(".pull-1/lock"));

        pull(image(diffIds(TAR), blob(MediaType.IMAGE_LAYER_TAR, TAR)), folder);

        assertThat(snapshot(folder)).isEqualTo(Map.of("bin", "folder", "bin/tool", "new"));
    }

    @Test
    void aLayerOfOtherContentThanTheDiffIdIsRefused() throws IOException {
        Descriptor image = image(List.of(Digest.ofBytes(new byte[0])), blob(
                MediaType.IMAGE_LAYER_TAR_GZIP, Tars.gzip(TAR)));

        assertFails(image, ContentMismatchException.class, "when unpacked");
    }

    @Test
    void whatFollowsTheCompressedLayerIsRefused() throws IOException {
        byte[] gzip = Tars.gzip(TAR);
        byte[] longer = Arrays.copyOf(gzip, gzip.length + 7);
        Arrays.fill(longer, gzip.length, longer.length, (byte) 'x');

        assertFails(image(List.of(), blob(MediaType.IMAGE_LAYER_TAR_GZIP, longer)),
                MalformedContentException.class, "cannot decompress layer");
    }

    @Test
    void aLayerThatIsCutOffOrOfAnotherFormatIsRefused() throws IOException {
        byte[] gzip = Tars.gzip(TAR);
        byte[] zstd = Zstd.compress(TAR);
        for (byte[] broken : List.of(Arrays.copyOf(gzip, gzip.length - 5), zstd, new byte[0])) {
            assertFails(image(List.of(), blob(MediaType.IMAGE_LAYER_TAR_GZIP, broken)),
                    MalformedContentException.class, "cannot decompress");
        }
        for (byte[] broken : List.of(Arrays.copyOf(zstd, zstd.length - 5), gzip)) {
            assertFails(image(List.of(), blob(MediaType.IMAGE_LAYER_TAR_ZSTD, broken)),
                    MalformedContentException.class, "cannot decompress");
        }
    }

    @Test
    void aSecondLayerCannotWriteThroughALinkOfTheFirst() throws IOException {
        Path outside = Files.createDirectory(top.resolve("outside"));
        byte[] first = new Tars().link("out", outside.toString()).done();
        byte[] second = new Tars().file("out/evil", "x").done();
        Descriptor image = image(List.of(), blob(MediaType.IMAGE_LAYER_TAR, first), blob(
                MediaType.IMAGE_LAYER_TAR, second));

        assertFails(image, MalformedContentException.class, "behind a link");
        assertThat(outside).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "/evil", ".bashrc", "a/b", "", "-rf", "a b"})
    void aTitleThatIsNoPlainNameIsNotUsed(String title) throws IOException {
        Descriptor file = titled(title);
        Path folder = top.resolve("tool");

        pull(image(List.of(), file), folder);

        assertThat(snapshot(folder)).isEqualTo(Map.of(file.digest().encoded(), "content"));
    }

    @Test
    void aLayerThatIsAFileKeepsItsTitle() throws IOException {
        pull(image(List.of(), titled("protoc-31.1-linux-x86_64.zip")), top.resolve("tool"));

        assertThat(top.resolve("tool/protoc-31.1-linux-x86_64.zip")).hasContent("content");
    }

    @Test
    void whatIsInTheWayIsFoundBeforeAnythingIsMoved() throws IOException {
        byte[] tar = new Tars().file("a", "new").file("b/c", "new").file("z", "new").done();
        Descriptor image = image(List.of(), blob(MediaType.IMAGE_LAYER_TAR, tar));
        Path folder = Files.createDirectory(top.resolve("tool"));
        Files.writeString(folder.resolve("a"), "old");

        Files.writeString(folder.resolve("b"), "a file");
        assertUnchanged(image, folder, "a file is in its place");
        Files.delete(folder.resolve("b"));
        Files.createSymbolicLink(folder.resolve("b"), Files.createDirectory(top.resolve("else")));
        assertUnchanged(image, folder, "it is a link, which would be followed");
        Files.delete(folder.resolve("b"));
        Files.createDirectory(folder.resolve("z"));
        assertUnchanged(image, folder, "a folder is in its place");
        assertThat(top.resolve("else")).isEmptyDirectory();
    }

    @Test
    void aBlobThatIsGoneIsNamed() throws IOException {
        Descriptor layer = blob(MediaType.IMAGE_LAYER_TAR, TAR);
        Descriptor image = image(List.of(), layer);
        store.deleter().orElseThrow().delete(layer);

        assertFails(image, ContentNotFoundException.class, layer.digest().toString());
    }

    private void assertFails(Descriptor image, Class<? extends OciException> type,
            String message) {
        Path folder = top.resolve("fresh");
        assertThatThrownBy(() -> pull(image, folder)).isInstanceOf(type)
                .hasMessageContaining(message);
        assertThat(folder).doesNotExist();
    }

    private void assertUnchanged(Descriptor image, Path folder, String message)
            throws IOException {
        SortedMap<String, String> before = snapshot(folder);
        assertThatThrownBy(() -> pull(image, folder)).isInstanceOf(StorageException.class)
                .hasMessageContaining(message);
        assertThat(snapshot(folder)).isEqualTo(before);
    }

    private void pull(Descriptor image, Path folder) {
        new ToolPuller(new BlobCache(top.resolve("cache"))).pull(store, image, folder, _ -> {});
    }

    private static List<Digest> diffIds(byte[] tar) {
        return List.of(Digest.ofBytes(tar));
    }

    private Descriptor titled(String title) {
        return blob(MediaType.OCTET_STREAM, "content".getBytes(
                java.nio.charset.StandardCharsets.UTF_8)).withAnnotations(new TreeMap<>(Map.of(
                        Annotations.TITLE, title)));
    }

    private Descriptor blob(MediaType type, byte[] content) {
        Descriptor blob = Descriptor.of(type, Bytes.of(content));
        store.push(blob, Content.of(Bytes.of(content)));
        return blob;
    }

    private Descriptor image(List<Digest> diffIds, Descriptor... layers) {
        Bytes bytes = new ImageConfig(new Platform("linux", "amd64", null, null, List.of()), null,
                List.of(), List.of(), diffIds).write();
        Descriptor config = Descriptor.of(MediaType.IMAGE_CONFIG, bytes);
        store.push(config, Content.of(bytes));
        ManifestDocument document = ManifestWriter.write(new ImageManifest(MediaType.IMAGE_MANIFEST,
                null, config, List.of(layers), null, Annotations.none()));
        store.push(document.descriptor(), Content.of(document.raw()));
        return document.descriptor();
    }

    private static SortedMap<String, String> snapshot(Path folder) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.filter(p -> !p.equals(folder)).toList()) {
                files.put(folder.relativize(path).toString(), Files.isRegularFile(path)
                        ? Files.readString(path)
                        : "folder");
            }
        }
        return files;
    }
}
