package dev.chandlery.publisher.pack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Makes archives, honest and not. */
final class Archives {

    private Archives() {}

    /** A tar, entry by entry. */
    static final class Tar {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

        Tar() {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        }

        Tar file(String name, String content) {
            return file(name, content.getBytes(StandardCharsets.UTF_8), 0755);
        }

        Tar file(String name, byte[] content, int mode) {
            TarArchiveEntry entry = new TarArchiveEntry(name, true);
            entry.setSize(content.length);
            entry.setMode(mode);
            return put(entry, content);
        }

        Tar entry(String name, byte type, String link) {
            TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
            entry.setLinkName(link);
            return put(entry, new byte[0]);
        }

        Tar symbolicLink(String name, String target) {
            return entry(name, TarConstants.LF_SYMLINK, target);
        }

        private Tar put(TarArchiveEntry entry, byte[] content) {
            try {
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        byte[] bytes() {
            try {
                tar.close();
                return bytes.toByteArray();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Path write(Path file) throws IOException {
            return Files.write(file, bytes());
        }
    }

    /** A zip of files; a name in {@code local} takes the place of one in the entry's own header. */
    static Path zip(Path file, String... namesAndContents) throws IOException {
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                ZipArchiveEntry entry = new ZipArchiveEntry(namesAndContents[i]);
                entry.setUnixMode(0755);
                zip.putArchiveEntry(entry);
                zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
                zip.closeArchiveEntry();
            }
        }
        return file;
    }

    /** Compressed by one of Commons Compress's or the JDK's streams. */
    interface Compressor {
        OutputStream wrap(OutputStream out) throws IOException;
    }

    static Path compress(Path file, byte[] bytes, Compressor compressor) throws IOException {
        try (OutputStream out = compressor.wrap(Files.newOutputStream(file))) {
            out.write(bytes);
        }
        return file;
    }

    /** An ELF header of a machine, with some bytes behind it. */
    static byte[] elf(int machine) {
        byte[] bytes = new byte[128];
        System.arraycopy(new byte[]{0x7f, 'E', 'L', 'F', 2, 1, 1}, 0, bytes, 0, 7);
        bytes[18] = (byte) machine;
        bytes[19] = (byte) (machine >> 8);
        return bytes;
    }
}
