package dev.chandlery.publisher.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.Compression;
import dev.chandlery.config.tool.ContentSpec;
import dev.chandlery.config.tool.Packaging;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.publisher.pack.Archives.Tar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeBuilderTest {
    private static final PlatformName LINUX = PlatformName.parse("linux-x86_64");
    private static final PlatformName WINDOWS = PlatformName.parse("windows-x86_64");
    private static final byte[] AMD64 = Archives.elf(62);
    private static final byte[] ARM64 = Archives.elf(183);

    @TempDir
    Path folder;

    @Test
    void laysOutWhatHasAFolderAtTheTop() throws IOException {
        Tar tar = new Tar().file("buf/bin/buf", AMD64, 0755)
                .file("buf/bin/protoc-gen-buf-lint",
                        AMD64, 0755)
                .file("buf/LICENSE", "text")
                .file("buf/etc/completion", "#!sh")
                .file(
                        "buf/include/a.proto", "p");

        assertThat(build("buf", LINUX, content(List.of(), List.of(), Set.of()), tar)
                .entries()).containsOnlyKeys("bin/buf", "bin/protoc-gen-buf-lint",
                        "include/a.proto",
                        "share/licenses/buf/LICENSE");
        assertThat(build("buf", LINUX, content(List.of("buf"), List.of("etc/**"), Set.of()), tar)
                .entries()).containsOnlyKeys("bin/buf", "etc/completion", "include/a.proto",
                        "share/licenses/buf/LICENSE");
    }

    @Test
    void aSingleExecutableHasTheToolsName() throws IOException {
        Tar tar = new Tar().file("regctl-linux-amd64", AMD64, 0644).file("libx.so.1", AMD64, 0755);

        ToolTree tree = build("regctl", LINUX, content(List.of(), List.of(), Set.of()), tar);

        assertThat(tree.entries()).containsOnlyKeys("bin/regctl");
        assertThat(tree.entrypoint()).isEqualTo("bin/regctl");
    }

    @Test
    void linksAreFollowedInsideTheArchiveOnly() throws IOException {
        Tar tar = new Tar().file("top/tool", AMD64, 0755)
                .file("top/lib/real", "data")
                .symbolicLink(
                        "top/lib/link", "real")
                .symbolicLink("top/lib/far", "/etc/passwd");

        ToolTree tree = build("tool", LINUX, content(List.of(), List.of("lib/**"), Set.of()), tar);

        assertThat(tree.entries().get("lib/link")).isInstanceOf(ToolTree.Entry.File.class);
        assertThat(tree.entries().get("lib/far")).isEqualTo(new ToolTree.Entry.Link(
                "/etc/passwd"));
    }

    @Test
    void anExecutableForAnotherMachineIsRefusedUnlessCalledEmulated() throws IOException {
        Tar tar = new Tar().file("tool", ARM64, 0755);

        assertThatThrownBy(() -> build("tool", LINUX, content(List.of(), List.of(), Set.of()), tar))
                .isInstanceOf(MalformedContentException.class)
                .hasMessageContaining(
                        "expected an executable for linux/amd64, got tool, which is ELF for arm64");
        assertThat(build("tool", LINUX, content(List.of(), List.of(), Set.of(LINUX)), tar)
                .entrypoint()).isEqualTo("bin/tool");
        assertThatThrownBy(() -> build("tool", WINDOWS, content(List.of(), List.of(), Set.of(
                WINDOWS)), tar)).isInstanceOf(MalformedContentException.class);
    }

    @Test
    void tellsWhatIsMissing() {
        assertThatThrownBy(() -> build("tool", LINUX, content(List.of(), List.of(), Set.of()),
                new Tar().file("README", "text"))).hasMessageContaining("no executable in it")
                .hasMessageContaining("README");
        assertThatThrownBy(() -> build("tool", LINUX, content(List.of("a", "b"), List.of(), Set
                .of()), new Tar().file("a", AMD64, 0755))).hasMessageContaining(
                        "expected executables b");
        assertThatThrownBy(() -> build("tool", LINUX, content(List.of(), List.of("share/**"), Set
                .of()), new Tar().file("tool", AMD64, 0755)
                        .file("share/a", "1")
                        .file("share/A",
                                "2"))).hasMessageContaining("case does not count");
    }

    @Test
    void theSameFilesGiveTheSameLayerInAnyOrder() throws IOException {
        ContentSpec all = content(List.of(), List.of("**"), Set.of());
        LayerFile one = layer(build("tool", LINUX, all, new Tar().file("tool", AMD64, 0755)
                .file(
                        "a/b/c", "1")
                .file("a.txt", "2")), Compression.GZIP);
        LayerFile other = layer(build("tool", LINUX, all, new Tar().file("a.txt", "2")
                .file("tool",
                        AMD64, 0755)
                .file("a/b/c", "1")), Compression.GZIP);

        assertThat(other.digest()).isEqualTo(one.digest());
        assertThat(one.diffId()).isNotEqualTo(one.digest());
        // A compressor or tar writer that changes must not go unnoticed: all digests would change.
        assertThat(one.diffId()).isEqualTo(Digest.parse(
                "sha256:9c1155ca87ee85850fc8f37dc22c15b720f265adeda4a8228b0aa04b649d722c"));
        assertThat(one.digest()).isEqualTo(Digest.parse(
                "sha256:2f87505429eb0353cf476d0936a73c63bff9b0f170ece881ce2b00f8ccf93d8c"));
    }

    private LayerFile layer(ToolTree tree, Compression compression) throws IOException {
        return LayerWriter.write(tree, compression, Files.createTempFile(folder, "layer", ""));
    }

    private ToolTree build(String tool, PlatformName platform, ContentSpec content, Tar tar)
            throws IOException {
        Path archive = Files.write(Files.createTempFile(folder, "tar", ""), tar.bytes());
        Path into = Files.createTempDirectory(folder, "into");
        return new TreeBuilder(tool, platform, content, "asset.tar").build(new AssetReader(
                ArchiveLimits.DEFAULT).read(archive, "asset.tar", into));
    }

    private static ContentSpec content(List<String> binaries, List<String> include,
            Set<PlatformName> emulated) {
        return new ContentSpec(binaries, include, true, Packaging.OCI, Compression.GZIP, Optional
                .empty(), List.of(), new TreeSet<>(emulated));
    }
}
