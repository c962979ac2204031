package dev.chandlery.publisher.attest.gobuild;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads Go's record out of ELF, Mach-O (also universal: of its first slice) and PE files, of Go 1.18 and later.
 * Nothing in a file is trusted: what does not fit is as if there were no record.
 *
 * <p><b>Spec:</b> Go's {@code debug/buildinfo}: 14 bytes of magic at a multiple of 16, the size of pointers,
 * flags; from byte 32 on the version and the modules, each with its length in front.
 */
public final class GoBinary {
    private static final byte[] MAGIC = "\u00ff Go buildinf:".getBytes(StandardCharsets.ISO_8859_1);
    private static final int ALIGNMENT = 16;
    private static final int HEADER = 32;
    private static final int FLAGS_AT = 15;
    private static final int INLINE = 2;
    /** So much of the section is searched, and so much may a record have. */
    private static final int WINDOW = 4 * 1024 * 1024;
    private static final int MOST_VERSION = 1024;
    /** Marks of 16 bytes around the modules. */
    private static final int MARK = 16;

    private GoBinary() {}

    /**
     * Empty when the file was not made by Go, or by one that is too old.
     *
     * @throws IOException when the file cannot be read
     */
    public static Optional<GoBuild> read(Path path) throws IOException {
        try (BinaryFile file = new BinaryFile(path)) {
            Optional<DataSection> section = DataSection.find(file);
            return section.isPresent() ? read(file, section.get()) : Optional.empty();
        } catch (EOFException _) {
            return Optional.empty(); // headers that lead nowhere
        }
    }

    private static Optional<GoBuild> read(BinaryFile file, DataSection section)
            throws IOException {
        long most = Math.min(section.size(), file.size() - section.offset());
        ByteBuffer bytes = file.read(section.offset(), Math.clamp(most, 0, WINDOW));
        for (int at = 0; at <= bytes.limit() - HEADER; at += ALIGNMENT) {
            if (isRecord(bytes, at)) {
                return record(bytes.position(at + HEADER));
            }
        }
        return Optional.empty();
    }

    private static boolean isRecord(ByteBuffer bytes, int at) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (bytes.get(at + i) != MAGIC[i]) {
                return false;
            }
        }
        return (bytes.get(at + FLAGS_AT) & INLINE) != 0;
    }

    private static Optional<GoBuild> record(ByteBuffer bytes) throws EOFException {
        String version = text(bytes, MOST_VERSION);
        String modules = text(bytes, WINDOW);
        boolean marked = modules.length() > 2 * MARK && modules.charAt(modules.length() - MARK
                - 1) == '\n';
        return version.isEmpty()
                ? Optional.empty()
                : Optional.of(GoBuild.parse(version, marked
                        ? utf8(modules.substring(MARK, modules.length() - MARK))
                        : ""));
    }

    /** Bytes as characters; the marks are no UTF-8. */
    private static String text(ByteBuffer bytes, int most) throws EOFException {
        long length = 0;
        for (int shift = 0;; shift += 7) {
            if (!bytes.hasRemaining() || shift > 28) {
                throw new EOFException("no length");
            }
            int next = bytes.get();
            length |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                break;
            }
        }
        if (length > Math.min(most, bytes.remaining())) {
            throw new EOFException("a text of " + length + " bytes");
        }
        byte[] text = new byte[(int) length];
        bytes.get(text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
