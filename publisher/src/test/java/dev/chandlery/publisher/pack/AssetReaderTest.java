package dev.chandlery.publisher.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.publisher.pack.Archives.Tar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class AssetReaderTest {
    private static final ArchiveLimits SMALL = new ArchiveLimits(10, 1 << 20, 20, 64 * 1024);

    @TempDir
    Path folder;

    static Stream<Archives.Compressor> compressors() {
        return Stream.of(out -> out, GZIPOutputStream::new, out -> new XZOutputStream(out,
                new LZMA2Options(1)), ZstdOutputStream::new, BZip2CompressorOutputStream::new);
    }

    static Stream<Archives.Compressor> packers() {
        return compressors().skip(1);
    }

    @ParameterizedTest
    @MethodSource("compressors")
    void readsTarInEveryCompression(Archives.Compressor compressor) throws IOException {
        byte[] tar = new Tar().file("./tool/bin/tool", "#!x")
                .symbolicLink("tool/alias", "bin/tool")
                .entry("tool/same", TarConstants.LF_LINK, "tool/bin/tool")
                .bytes();
        Path archive = Archives.compress(folder.resolve("a"), tar, compressor);

        SortedMap<String, ArchiveEntry> entries = read(archive);

        assertThat(entries).containsOnlyKeys("tool/bin/tool", "tool/alias", "tool/same");
        ArchiveEntry.File file = (ArchiveEntry.File) Objects.requireNonNull(entries.get(
                "tool/bin/tool"));
        assertThat(file.content()).hasContent("#!x");
        assertThat(file.executable()).isTrue();
    }

    @Test
    void readsZipBareAndSingleFiles() throws IOException {
        assertThat(read(Archives.zip(folder.resolve("z"), "bin/tool", "x", "bin/", "")))
                .containsOnlyKeys(
                        "bin/tool");
        Path bare = Files.writeString(folder.resolve("bare"), "#!/bin/sh");
        assertThat(read(bare)).containsOnlyKeys("asset.bin");
        byte[] script = "#!/bin/sh".getBytes(StandardCharsets.UTF_8);
        Path single = Archives.compress(folder.resolve("s"), script, GZIPOutputStream::new);
        assertThat(read(single)).containsOnlyKeys("asset");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/../../evil", "/etc/evil", "C:/evil", "a\\..\\evil",
            "a//b", "a/./b", "x\u0007y", "a/.."})
    void refusesNamesThatAreNoPlainPaths(String name) throws IOException {
        Path tar = new Tar().file(name, "x").write(folder.resolve("t"));

        assertThatThrownBy(() -> read(tar)).isInstanceOf(MalformedContentException.class)
                .hasMessageStartingWith("cannot open asset.bin: entry \"")
                .hasMessageNotContaining("\u0007");
        assertThat(outside()).isEmpty();
    }

    @Test
    void refusesLinksThatLeave() throws IOException {
        assertRefused(new Tar().symbolicLink("a/b", "../../evil"), "leads out of the archive");
        assertRefused(new Tar().entry("hard", TarConstants.LF_LINK, "../evil"), "leads out");
        assertRefused(new Tar().entry("hard", TarConstants.LF_LINK, "absent"), "no file before it");
    }

    @Test
    void refusesWhatHonestArchivesDoNotHold() throws IOException {
        assertRefused(new Tar().file("twice", "1").file("./twice", "2"), "is there twice");
        assertRefused(new Tar().entry("dev", TarConstants.LF_CHR, ""), "neither file");
        assertRefused(new Tar().entry("pipe", TarConstants.LF_FIFO, ""), "neither file");
    }

    @Test
    void refusesZipsThatTellTwoStories() throws IOException {
        Path zip = Archives.zip(folder.resolve("z"), "good", "x");
        byte[] bytes = Files.readAllBytes(zip);
        bytes[30] = 'e'; // the first letter of the name in the entry's own header
        Files.write(zip, bytes);

        assertThatThrownBy(() -> read(zip)).isInstanceOf(MalformedContentException.class)
                .hasMessageContaining("another name in its own header");
    }

    @Test
    void refusesBombs() throws IOException {
        byte[] zeros = new byte[512 * 1024];
        Path bomb = Archives.compress(folder.resolve("b"), new Tar().file("a", zeros, 0644)
                .bytes(), GZIPOutputStream::new);
        assertThatThrownBy(() -> read(bomb)).isInstanceOf(LimitExceededException.class);

        Tar many = new Tar();
        for (int i = 0; i < 11; i++) {
            many.file("f" + i, "");
        }
        Path crowd = many.write(folder.resolve("m"));
        assertThatThrownBy(() -> read(crowd)).isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("more than 10 entries");
    }

    @Test
    void tellsBrokenArchives() throws IOException {
        byte[] tar = new Tar().file("a", "x".repeat(2000)).bytes();
        Path cut = Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(tar, 1000));
        assertThatThrownBy(() -> read(cut)).isInstanceOf(MalformedContentException.class)
                .hasMessageContaining("broken archive");
        Path zip = Files.write(folder.resolve("zip"), new byte[]{'P', 'K', 3, 4, 0, 0});
        assertThatThrownBy(() -> read(zip)).isInstanceOf(MalformedContentException.class);
    }

    @Test
    void refusesHeadersThatFillTheMemory() throws IOException {
        byte[] head = new byte[512];
        byte[] name = "././@LongLink".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, head, 0, name.length);
        System.arraycopy("00010000000".getBytes(StandardCharsets.US_ASCII), 0, head, 124, 11);
        head[156] = TarConstants.LF_GNUTYPE_LONGNAME;
        System.arraycopy("ustar  ".getBytes(StandardCharsets.US_ASCII), 0, head, 257, 7);
        sum(head);
        byte[] bomb = java.util.Arrays.copyOf(head, 512 + (2 << 20));
        java.util.Arrays.fill(bomb, 512, bomb.length, (byte) 'a');
        Path tar = Archives.compress(folder.resolve("t"), bomb, GZIPOutputStream::new);

        assertThatThrownBy(() -> read(tar)).isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("bytes of headers at one entry");
    }

    private static void sum(byte[] head) {
        java.util.Arrays.fill(head, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte each : head) {
            sum += each & 0xff;
        }
        byte[] octal = String.format("%06o", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(octal, 0, head, 148, 6);
        head[154] = 0;
    }

    @Test
    void refusesWhatIsBehindTheEndOfATar() throws IOException {
        byte[] tar = new Tar().file("a", "x").bytes();
        byte[] two = java.util.Arrays.copyOf(tar, tar.length * 2);
        System.arraycopy(tar, 0, two, tar.length, tar.length);
        Path twice = Archives.compress(folder.resolve("t"), two, GZIPOutputStream::new);

        assertThatThrownBy(() -> read(twice)).isInstanceOf(MalformedContentException.class)
                .hasMessageContaining("behind the end of its tar");
    }

    @ParameterizedTest
    @MethodSource("packers")
    void refusesStreamsThatWereCutOff(Archives.Compressor compressor) throws IOException {
        byte[] tar = new Tar().file("a", "x".repeat(9000)).bytes();
        Path whole = Archives.compress(folder.resolve("w"), tar, compressor);
        byte[] bytes = Files.readAllBytes(whole);
        for (int missing : new int[]{1, 6, bytes.length / 2}) {
            Path cut = Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(bytes,
                    bytes.length - missing));
            assertThatThrownBy(() -> read(cut)).as("without the last %s bytes", missing)
                    .isInstanceOf(MalformedContentException.class)
                    .hasMessageContaining("broken archive");
        }
        bytes[bytes.length / 2] ^= 0x10;
        Path changed = Files.write(folder.resolve("changed"), bytes);
        assertThatThrownBy(() -> read(changed)).isInstanceOf(MalformedContentException.class);
    }

    @Test
    void refusesDevicesInZips() throws IOException {
        Path zip = folder.resolve("z");
        try (var out = new org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream(zip)) {
            var entry = new org.apache.commons.compress.archivers.zip.ZipArchiveEntry("dev");
            entry.setUnixMode(0020666);
            out.putArchiveEntry(entry);
            out.closeArchiveEntry();
        }
        assertThatThrownBy(() -> read(zip)).isInstanceOf(MalformedContentException.class)
                .hasMessageContaining("neither file, folder nor link");
    }

    private void assertRefused(Tar tar, String expected) throws IOException {
        Path file = tar.write(Files.createTempFile(folder, "tar", ""));
        assertThatThrownBy(() -> read(file)).isInstanceOf(MalformedContentException.class)
                .hasMessageContaining(expected);
        assertThat(outside()).isEmpty();
    }

    private SortedMap<String, ArchiveEntry> read(Path archive) throws IOException {
        Path into = Files.createTempDirectory(folder, "into");
        return new AssetReader(SMALL).read(archive, "asset.bin", into);
    }

    private List<Path> outside() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(path -> path.getFileName().toString().contains("evil")).toList();
        }
    }
}
