package dev.chandlery.upstream.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.upstream.proof.Members.Member;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is compared with another channel is what would be packed, whatever an archive pretends to be. */
class MembersTest {
    private static final Bytes EVIL = Bytes.ofUtf8("\u007fELF evil");
    private static final Bytes GOOD = Bytes.ofUtf8("\u007fELF good");

    @TempDir
    Path folder;

    /** Packing goes by the first bytes, and would publish the program in front of the zip. */
    @Test
    void aProgramWithAZipBehindItIsNoZip() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(EVIL.toArray());
        both.writeBytes(zip("bin/a", GOOD));

        assertThatThrownBy(() -> read("a.zip", both.toByteArray())).isInstanceOf(
                MalformedContentException.class)
                .hasMessageContaining(
                        "cannot look into a.zip: its name says zip, its content does");
        assertThat(of("a.zip", both.toByteArray())).containsOnlyKeys(".");
        assertThat(read("a.zip", zip("bin/a", GOOD))).containsOnlyKeys(".", "bin/a");
    }

    /** Packing takes what is no tar by the rules for the one file that was compressed: here a script. */
    @Test
    void anOldTarIsNoTar() throws IOException {
        byte[] tar = tar(out -> file(out, "#!evil", GOOD));
        Arrays.fill(tar, 257, 265, (byte) 0);
        int sum = 0;
        Arrays.fill(tar, 148, 156, (byte) ' ');
        for (int i = 0; i < 512; i++) {
            sum += tar[i] & 0xff;
        }
        byte[] written = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(written, 0, tar, 148, written.length);

        assertThatThrownBy(() -> read("a.tgz", gzip(tar))).hasMessageContaining(
                "its name says tar, its content does not");
        assertThatThrownBy(() -> read("a.tar", tar)).hasMessageContaining("its name says tar");
    }

    @Test
    void aHardLinkIsTheFileThatItNames() throws IOException {
        SortedMap<String, Member> members = read("a.tgz", gzip(tar(out -> {
            file(out, "x/other", EVIL);
            link(out, "bin/a", TarConstants.LF_LINK, "x/other");
        })));

        assertThat(member(members, "bin/a")).isEqualTo(new Member("bin/a", EVIL.digest(), true,
                java.util.List.of("bin/a")));
        assertThatThrownBy(() -> read("b.tgz", gzip(tar(out -> link(out, "bin/a",
                TarConstants.LF_LINK, "gone"))))).hasMessageContaining(
                        "bin/a is a hard link to what is no file before it");
    }

    @Test
    void aFileHasTheNamesOfTheLinksThatLeadToIt() throws IOException {
        SortedMap<String, Member> members = read("a.tgz", gzip(tar(out -> {
            file(out, "x/other", EVIL);
            link(out, "lib/two", TarConstants.LF_SYMLINK, "one");
            link(out, "lib/one", TarConstants.LF_SYMLINK, "../x/./other");
            link(out, "lib/away", TarConstants.LF_SYMLINK, "/x/other");
            link(out, "lib/round", TarConstants.LF_SYMLINK, "round");
            link(out, "lib/nothing", TarConstants.LF_SYMLINK, "nothing/at/all");
        })));

        assertThat(member(members, "x/other").names()).containsExactlyInAnyOrder("x/other",
                "lib/one", "lib/two");
        assertThat(members).containsOnlyKeys(".", "x/other");
    }

    @Test
    void pathsAreThoseThatAreUnpacked() throws IOException {
        assertThat(read("a.tgz", gzip(tar(out -> file(out, "././lib/a", GOOD)))))
                .containsOnlyKeys(".", "lib/a");
        assertThatThrownBy(() -> read("b.tgz", gzip(tar(out -> {
            file(out, "lib/a", GOOD);
            file(out, "./lib/a", EVIL);
        })))).hasMessageContaining("lib/a is in it twice");
        assertThatThrownBy(() -> read("c.tgz", gzip(tar(out -> link(out, "pipe",
                TarConstants.LF_FIFO, ""))))).hasMessageContaining(
                        "pipe is neither file, folder nor link");
    }

    private static Member member(SortedMap<String, Member> members, String path) {
        return Objects.requireNonNull(members.get(path));
    }

    private SortedMap<String, Member> read(String name, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        return Members.read(file, name, Digest.ofBytes(content), Set.of("bin/a"));
    }

    private SortedMap<String, Member> of(String name, byte[] content) throws IOException {
        return Members.of(Files.write(folder.resolve(name), content), name, Digest.ofBytes(
                content));
    }

    /** Writes entries. */
    private interface Entries {
        void write(TarArchiveOutputStream out) throws IOException;
    }

    private static byte[] tar(Entries entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
            entries.write(out);
        }
        return bytes.toByteArray();
    }

    private static void file(TarArchiveOutputStream out, String name, Bytes content)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(content.size());
        out.putArchiveEntry(entry);
        out.write(content.toArray());
        out.closeArchiveEntry();
    }

    private static void link(TarArchiveOutputStream out, String name, byte type, String target)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, type);
        entry.setLinkName(target);
        out.putArchiveEntry(entry);
        out.closeArchiveEntry();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(String name, Bytes content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.putNextEntry(new ZipEntry(name));
            out.write(content.toArray());
        }
        return bytes.toByteArray();
    }
}
