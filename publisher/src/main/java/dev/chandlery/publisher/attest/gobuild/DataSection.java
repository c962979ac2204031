package dev.chandlery.publisher.attest.gobuild;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Where in an executable the linker put Go's record: in a section of its own in ELF and Mach-O, else at the
 * start of the data that can be written.
 *
 * @param offset in the file
 * @param size in bytes
 */
record DataSection(long offset, long size) {
    private static final int MOST_SECTIONS = 4096;
    private static final int WRITABLE = 2;
    private static final int LOADED = 1;

    /** Empty when the file is no executable, or has no such section. */
    static Optional<DataSection> find(BinaryFile file) throws IOException {
        file.order(ByteOrder.BIG_ENDIAN);
        long magic = file.u32(0);
        if (magic == 0x7f454c46L) {
            return elf(file);
        }
        if (magic == 0xcffaedfeL) {
            return machO(file, 0);
        }
        if (magic == 0xcafebabeL) {
            return machO(file, file.u32(16));
        }
        return magic >>> 16 == 0x4d5a ? pe(file) : Optional.empty();
    }

    private static Optional<DataSection> elf(BinaryFile file) throws IOException {
        boolean wide = file.read(4, 1).get() == 2;
        file.order(file.read(5, 1).get() == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        Elf elf = new Elf(file, wide);
        Optional<DataSection> named = elf.named(".go.buildinfo");
        return named.isPresent() ? named : elf.writable();
    }

    /** Headers of ELF, of 32 and of 64 bits. */
    private record Elf(BinaryFile file, boolean wide) {

        Optional<DataSection> named(String name) throws IOException {
            long table = word(wide ? 0x28 : 0x20);
            int entry = file.u16(wide ? 0x3a : 0x2e);
            int count = Math.min(file.u16(wide ? 0x3c : 0x30), MOST_SECTIONS);
            int names = file.u16(wide ? 0x3e : 0x32);
            if (table == 0 || names >= count) {
                return Optional.empty();
            }
            long texts = section(table + (long) names * entry).offset();
            for (int i = 0; i < count; i++) {
                long header = table + (long) i * entry;
                if (file.text(texts + file.u32(header), name.length() + 1).equals(name)) {
                    return Optional.of(section(header));
                }
            }
            return Optional.empty();
        }

        private DataSection section(long header) throws IOException {
            return new DataSection(word(header + (wide ? 24 : 16)), word(header + (wide
                    ? 32
                    : 20)));
        }

        Optional<DataSection> writable() throws IOException {
            long table = word(wide ? 0x20 : 0x1c);
            int entry = file.u16(wide ? 0x36 : 0x2a);
            int count = Math.min(file.u16(wide ? 0x38 : 0x2c), MOST_SECTIONS);
            for (int i = 0; i < count; i++) {
                long header = table + (long) i * entry;
                long flags = file.u32(header + (wide ? 4 : 24));
                if (file.u32(header) == LOADED && (flags & WRITABLE) != 0) {
                    return Optional.of(new DataSection(word(header + (wide ? 8 : 4)), word(header
                            + (wide ? 32 : 16))));
                }
            }
            return Optional.empty();
        }

        private long word(long at) throws IOException {
            return wide ? file.u64(at) : file.u32(at);
        }
    }

    /** Of 64 bits only: Go knows no other. */
    private static Optional<DataSection> machO(BinaryFile file, long base) throws IOException {
        file.order(ByteOrder.LITTLE_ENDIAN);
        if (file.u32(base) != 0xfeedfacfL) {
            return Optional.empty();
        }
        long commands = Math.min(file.u32(base + 16), MOST_SECTIONS);
        long at = base + 32;
        for (long i = 0; i < commands; i++) {
            boolean segment = file.u32(at) == 0x19;
            long sections = segment ? Math.min(file.u32(at + 64), MOST_SECTIONS) : 0;
            for (long s = 0; s < sections; s++) {
                long header = at + 72 + 80 * s;
                if (file.text(header, 16).equals("__go_buildinfo")) {
                    return Optional.of(new DataSection(base + file.u32(header + 48), file.u64(header
                            + 40)));
                }
            }
            at += Math.max(8, file.u32(at + 4));
        }
        return Optional.empty();
    }

    private static Optional<DataSection> pe(BinaryFile file) throws IOException {
        file.order(ByteOrder.LITTLE_ENDIAN);
        long header = file.u32(0x3c);
        if (file.u32(header) != 0x4550) {
            return Optional.empty();
        }
        int count = Math.min(file.u16(header + 6), MOST_SECTIONS);
        long table = header + 24 + file.u16(header + 20);
        long readAndWrite = 0xc0000000L;
        for (int i = 0; i < count; i++) {
            long at = table + 40L * i;
            if ((file.u32(at + 36) & readAndWrite) == readAndWrite && file.u32(at + 16) > 0) {
                return Optional.of(new DataSection(file.u32(at + 20), file.u32(at + 16)));
            }
        }
        return Optional.empty();
    }
}
