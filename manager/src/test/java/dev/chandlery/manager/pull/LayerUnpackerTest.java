package dev.chandlery.manager.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.manager.pull.LayerUnpacker.Limits;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerUnpackerTest {
    @TempDir
    Path top;
    private Path folder = Path.of("");
    private Path outside = Path.of("");

    @BeforeEach
    void makeFolders() throws IOException {
        folder = Files.createDirectory(top.resolve("room"));
        outside = Files.createDirectory(top.resolve("outside"));
    }

    @Test
    void filesFoldersLinksAndRunBitsArriveAndTheDigestIsTheTars() throws IOException {
        byte[] tar = new Tars().folder("./")
                .folder("bin/")
                .file("bin/tool", "run", 0755)
                .file("./include/a.h", "text")
                .link("bin/alias", "tool")
                .link("lib", "bin/../include")
                .done();

        Digest digest = unpack(tar);

        assertThat(digest).isEqualTo(Digest.ofBytes(tar));
        assertThat(folder.resolve("bin/tool")).hasContent("run").isExecutable();
        assertThat(Files.isExecutable(folder.resolve("include/a.h"))).isFalse();
        assertThat(folder.resolve("bin/alias")).isSymbolicLink().hasContent("run");
        assertThat(folder.resolve("lib/a.h")).hasContent("text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "/etc/evil", "a/../../evil", "a//b", "a/./b", "..",
            "C:/evil",
            "a\\b", "a\u0007b", "a\nb"})
    void namesThatAreNoPlainPathAreRefused(String name) {
        assertRefused(new Tars().file(name, "x").done());
    }

    @ParameterizedTest
    @CsvSource({"a, ..", "a/b, ../..", "a, ../outside", "a/b, x/../../../outside", "a, b/../../x"})
    void linksThatLeaveTheFolderAreRefused(String name, String target) {
        assertRefused(new Tars().link(name, target).done());
    }

    @Test
    void aLinkThatLeavesByAnotherLinkIsRefused() {
        assertRefused(new Tars().folder("a")
                .folder("a/b")
                .link("a/b/up", "../..")
                .link("escape", "a/b/up/../../outside")
                .done());
        assertRefused(new Tars().link("abs", outside.toString()).link("y", "abs/../evil").done());
    }

    @Test
    void anAbsoluteLinkIsKeptAndNeverFollowed() throws IOException {
        unpack(new Tars().link("abs", outside.toString()).done());

        assertThat(Files.readSymbolicLink(folder.resolve("abs"))).isEqualTo(outside);
    }

    @Test
    void nothingIsWrittenThroughALinkOfTheSameLayer() {
        assertRefused(new Tars().link("abs", outside.toString()).file("abs/evil", "x").done());
        assertRefused(new Tars().file("l/evil", "x").link("l", outside.toString()).done());
        assertRefused(new Tars().link("l", outside.toString()).folder("l/evil").done());
        assertRefused(new Tars().link("l", outside.toString()).folder("l").done());
        assertRefused(new Tars().link("l", outside.toString()).file("l", "x").done());
    }

    @Test
    void nothingIsWrittenThroughALinkOfAnotherLayer() throws IOException {
        LayerUnpacker unpacker = new LayerUnpacker(folder, Limits.DEFAULT);
        byte[] first = new Tars().link("abs", outside.toString()).link("named", "abs/x").done();
        unpacker.unpack(new ByteArrayInputStream(first));

        byte[] second = new Tars().file("abs/evil", "x").done();
        assertThatThrownBy(() -> unpacker.unpack(new ByteArrayInputStream(second)))
                .isInstanceOf(MalformedContentException.class)
                .hasMessageContaining("behind a link");
        assertThatThrownBy(() -> unpacker.put("named", new ByteArrayInputStream(second)))
                .isInstanceOf(MalformedContentException.class);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aLaterLayerIsSeenInThePlaceOfEarlierOnes() throws IOException {
        unpackAll(new Tars().folder("bin/")
                .file("bin/a", "old", 0755)
                .file("etc/conf", "1")
                .link("lib", "usr/lib")
                .link("was-link", "bin")
                .file("was-file", "x")
                .folder("was-folder/")
                .file("was-folder/inner", "x"), new Tars().folder("bin/")
                        .file("bin/a", "new")
                        .file("bin/b", "b")
                        .folder("lib/")
                        .file("lib/so", "so")
                        .file("was-link", "file now")
                        .folder("was-file/")
                        .file("was-file/in", "in")
                        .link("was-folder", "bin"));

        assertThat(folder.resolve("bin/a")).hasContent("new");
        assertThat(Files.isExecutable(folder.resolve("bin/a"))).isFalse();
        assertThat(folder.resolve("bin/b")).hasContent("b");
        assertThat(folder.resolve("etc/conf")).hasContent("1");
        assertThat(Files.isSymbolicLink(folder.resolve("lib"))).isFalse();
        assertThat(folder.resolve("lib/so")).hasContent("so");
        assertThat(folder.resolve("was-link")).isRegularFile().hasContent("file now");
        assertThat(folder.resolve("was-file/in")).hasContent("in");
        assertThat(folder.resolve("was-folder")).isSymbolicLink();
        assertThat(folder.resolve("was-folder/b")).hasContent("b");
    }

    @Test
    void whiteoutsTakeAwayWhatIsOfEarlierLayersAlone() throws IOException {
        unpackAll(new Tars().file("a/gone", "1")
                .file("a/stays", "1")
                .file("b/one", "1")
                .link("b/two", "one")
                .folder("b/three/")
                .file("b/three/deep", "1")
                .file("c/tree/deep", "1"), new Tars().file("a/.wh.gone", "")
                        .file("b/four", "2")
                        .file("b/.wh..wh..opq", "")
                        .file("b/five", "2")
                        .file("c/.wh.tree", "")
                        .file("c/.wh..wh.plnk", "")
                        .file(".wh.nothing", ""));

        assertThat(names(folder.resolve("a"))).containsExactly("stays");
        assertThat(names(folder.resolve("b"))).containsExactlyInAnyOrder("four", "five");
        assertThat(folder.resolve("c")).isEmptyDirectory();
        assertThat(names(folder)).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void aWhiteoutDoesNotReachOut() throws IOException {
        Files.writeString(outside.resolve("kept"), "x");
        assertThatThrownBy(() -> unpackAll(new Tars().link("abs", outside.toString()), new Tars()
                .file("abs/.wh.kept", ""))).hasMessageContaining("behind a link");
        clear();
        assertThatThrownBy(() -> unpackAll(new Tars().file("a", ""), new Tars().file(".wh...",
                ""))).hasMessageContaining("takes away what has no name");
        assertThat(outside.resolve("kept")).exists();
    }

    private void unpackAll(Tars... layers) throws IOException {
        LayerUnpacker unpacker = new LayerUnpacker(folder, Limits.DEFAULT);
        for (Tars layer : layers) {
            unpacker.unpack(new ByteArrayInputStream(layer.done()));
        }
        unpacker.finish();
    }

    @ParameterizedTest
    @ValueSource(bytes = {TarConstants.LF_LINK, TarConstants.LF_CHR, TarConstants.LF_BLK,
            TarConstants.LF_FIFO})
    void hardLinksAndDevicesAreRefused(byte kind) {
        assertRefused(new Tars().special("special", "/etc/passwd", kind).done());
    }

    @Test
    void whatIsThereTwiceIsRefused() {
        assertRefused(new Tars().file("a", "1").file("a", "2").done());
        assertRefused(new Tars().file("a", "1").file("./a", "2").done());
        assertRefused(new Tars().file("a", "1").file("a/b", "2").done());
        assertRefused(new Tars().file("a/b", "1").file("a", "2").done());
        assertRefused(new Tars().file("a", "1").folder("a/").done());
        assertRefused(new Tars().folder("a").link("a", "b").done());
    }

    @Test
    void aPathInPaxHeadersIsCheckedAsAnyOther() {
        assertRefused(new Tars().file("good", "x", Map.of("path", "../evil")).done());
    }

    @Test
    void aTarThatIsCutOffOrGarbageIsMalformed() {
        byte[] tar = new Tars().file("a", "x".repeat(2000)).done();

        assertRefused(Arrays.copyOf(tar, 1000));
        assertRefused("x".repeat(10_240).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        byte[] flipped = tar.clone();
        flipped[124] = 'z'; // the size
        assertRefused(flipped);
    }

    @Test
    void eachLimitHolds() {
        byte[] tar = new Tars().file("a", "x".repeat(5000)).file("b", "y").done();
        assertLimited(new Limits(1, 1 << 20, 1 << 20), tar, "more than 1 entries");
        assertLimited(new Limits(10, 4096, 1 << 20), tar, "at most 4096 bytes in all");
        assertLimited(new Limits(10, 1 << 20, 4096), new Tars().file("n".repeat(9000), "x").done(),
                "the header of an entry: more than 4096 bytes");
        assertLimited(new Limits(10, 1 << 20, 4096), Arrays.copyOf(tar, tar.length + 100_000),
                "what follows the last entry: more than 4096 bytes");
    }

    @Test
    void limitsCountAllLayersTogether() throws IOException {
        LayerUnpacker unpacker = new LayerUnpacker(folder, new Limits(10, 10_000, 1 << 20));
        unpacker.unpack(new ByteArrayInputStream(new Tars().file("a", "x".repeat(5000)).done()));

        byte[] second = new Tars().file("b", "x".repeat(5000)).done();
        assertThatThrownBy(() -> unpacker.unpack(new ByteArrayInputStream(second))).isInstanceOf(
                LimitExceededException.class);
    }

    @Test
    void messagesShowNoControlCharacters() {
        assertThatThrownBy(() -> unpack(new Tars().file("\u001b[31m" + "n".repeat(500), "").done()))
                .hasMessageContaining("?[31m")
                .hasMessageNotContaining("\u001b")
                .message()
                .hasSizeLessThan(400);
    }

    private Digest unpack(byte[] tar) throws IOException {
        LayerUnpacker unpacker = new LayerUnpacker(folder, Limits.DEFAULT);
        Digest digest = unpacker.unpack(new ByteArrayInputStream(tar));
        unpacker.finish();
        return digest;
    }

    /** Whatever was unpacked until then lies in the folder alone. */
    private void assertRefused(byte[] tar) {
        assertThatThrownBy(() -> unpack(tar)).isInstanceOf(MalformedContentException.class)
                .hasMessageStartingWith("cannot unpack: ");
        assertThat(outside).isEmptyDirectory();
        assertThat(names(top)).containsExactlyInAnyOrder("room", "outside");
        clear();
    }

    private void assertLimited(Limits limits, byte[] tar, String message) {
        assertThatThrownBy(() -> new LayerUnpacker(folder, limits).unpack(new ByteArrayInputStream(
                tar))).isInstanceOf(LimitExceededException.class).hasMessageContaining(message);
        clear();
    }

    private void clear() {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
                if (!path.equals(folder) && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.delete(path);
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> list = Files.list(folder)) {
            return list.map(path -> path.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
