package dev.chandlery.manager.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers from a registry that means no good. */
class LayerUnpackerTest {
    @TempDir
    Path parent;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

    @Test
    void unpacksFilesFoldersAndLinksWithTheirRunBits() throws IOException {
        put("bin/", TarConstants.LF_DIR, "", "");
        put("bin/tool", TarConstants.LF_NORMAL, "", "#!/bin/sh");
        put("bin/alias", TarConstants.LF_SYMLINK, "tool", "");
        put("far", TarConstants.LF_SYMLINK, "/etc/hostname", "");

        Digest digest = unpack();

        assertThat(digest).isEqualTo(Digest.ofBytes(bytes.toByteArray()));
        assertThat(folder().resolve("bin/tool")).hasContent("#!/bin/sh").isExecutable();
        assertThat(Files.readSymbolicLink(folder().resolve("bin/alias"))).hasToString("tool");
        assertThat(Files.readSymbolicLink(folder().resolve("far"))).hasToString("/etc/hostname");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/../../evil", "a/..", "/evil", "C:/evil", "a\\evil",
            "a//evil", "a\nevil"})
    void refusesNamesThatLeave(String name) throws IOException {
        put(name, TarConstants.LF_NORMAL, "", "x");

        assertThatThrownBy(this::unpack).isInstanceOf(MalformedContentException.class);
        assertThat(parent.resolve("evil")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"a,..", "a/b,../..", "a/b,x/../../.."})
    void refusesLinksThatLeave(String name, String target) throws IOException {
        put(name, TarConstants.LF_SYMLINK, target, "");

        assertThatThrownBy(this::unpack).isInstanceOf(MalformedContentException.class)
                .hasMessageContaining("leaves the folder");
    }

    @Test
    void nothingIsWrittenThroughALink() throws IOException {
        put("out", TarConstants.LF_SYMLINK, parent.toString(), "");
        put("out/evil", TarConstants.LF_NORMAL, "", "x");

        assertThatThrownBy(this::unpack).isInstanceOf(MalformedContentException.class);
        assertThat(parent.resolve("evil")).doesNotExist();
    }

    @Test
    void aLinkDoesNotTakeThePlaceOfAFolder() throws IOException {
        put("out/file", TarConstants.LF_NORMAL, "", "x");
        put("out", TarConstants.LF_SYMLINK, parent.toString(), "");

        assertThatThrownBy(this::unpack).isInstanceOf(MalformedContentException.class);
    }

    @ParameterizedTest
    @ValueSource(bytes = {TarConstants.LF_LINK, TarConstants.LF_CHR, TarConstants.LF_BLK,
            TarConstants.LF_FIFO})
    void refusesWhatIsNeitherFileFolderNorLink(byte type) throws IOException {
        put("x", type, "/etc/passwd", "");

        assertThatThrownBy(this::unpack).isInstanceOf(MalformedContentException.class);
        assertThat(folder().resolve("x")).doesNotExist();
    }

    @Test
    void refusesTheSameNameTwice() throws IOException {
        put("x", TarConstants.LF_NORMAL, "", "1");
        put("./x", TarConstants.LF_NORMAL, "", "2");

        assertThatThrownBy(this::unpack).isInstanceOf(MalformedContentException.class)
                .hasMessageContaining("twice");
    }

    private void put(String name, byte type, String link, String content) throws IOException {
        byte[] data = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setLinkName(link);
        entry.setSize(data.length);
        entry.setMode(0755);
        tar.putArchiveEntry(entry);
        tar.write(data);
        tar.closeArchiveEntry();
    }

    private Path folder() {
        return parent.resolve("into");
    }

    private Digest unpack() throws IOException {
        tar.close();
        Files.createDirectories(folder());
        return LayerUnpacker.unpack(new ByteArrayInputStream(bytes.toByteArray()), folder());
    }
}
