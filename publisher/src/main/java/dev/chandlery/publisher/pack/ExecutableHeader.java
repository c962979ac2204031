package dev.chandlery.publisher.pack;

import dev.chandlery.oci.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an executable file says of itself in its first bytes.
 *
 * @param kind its format
 * @param system operating system that it names; empty when its format leaves that open
 * @param architectures it holds code for, in the words of the OCI image specification; empty for scripts
 *     and machines that we do not know
 */
record ExecutableHeader(Kind kind, String system, SortedSet<String> architectures) {

    /** Formats of executables. */
    enum Kind {
        ELF, MACH_O, PE, SCRIPT
    }

    private static final int HEAD = 4096;
    private static final int MAX_FAT = 20;
    private static final int FAT_ENTRY = 20;
    private static final int FAT64_ENTRY = 32;

    private static final int ELF_MACHINE_AT = 18;
    private static final int ELF_CLASS_AT = 4;
    private static final int ELF_DATA_AT = 5;
    private static final int ELF_SYSTEM_AT = 7;
    private static final int PE_OFFSET_AT = 0x3c;

    ExecutableHeader {
        architectures = Collections.unmodifiableSortedSet(new TreeSet<>(architectures));
    }

    /** For one machine; an empty word is a machine that we do not know, or none in particular. */
    private static ExecutableHeader of(Kind kind, String architecture) {
        return of(kind, "", architecture);
    }

    private static ExecutableHeader of(Kind kind, String system, String architecture) {
        return new ExecutableHeader(kind, system, architecture.isEmpty()
                ? new TreeSet<>()
                : new TreeSet<>(List.of(architecture)));
    }

    /** Empty when the file is no executable. */
    static Optional<ExecutableHeader> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in.readNBytes(HEAD));
        }
    }

    /** @param head first 4096 bytes of a file, or all that there are */
    static Optional<ExecutableHeader> of(byte[] head) {
        ByteBuffer bytes = ByteBuffer.wrap(head);
        if (head.length >= 2 && head[0] == '#' && head[1] == '!') {
            return Optional.of(of(Kind.SCRIPT, ""));
        }
        if (head.length < 64) {
            return Optional.empty();
        }
        return switch (bytes.getInt(0)) {
            case 0x7f454c46 -> Optional.of(elf(bytes));
            case 0xcffaedfe, 0xcefaedfe -> Optional.of(machO(bytes.order(ByteOrder.LITTLE_ENDIAN)
                    .getInt(4)));
            case 0xfeedfacf, 0xfeedface -> Optional.of(machO(bytes.getInt(4)));
            case 0xcafebabe -> universal(bytes, FAT_ENTRY);
            case 0xcafebabf -> universal(bytes, FAT64_ENTRY);
            default -> pe(bytes.order(ByteOrder.LITTLE_ENDIAN));
        };
    }

    /** Whether it runs on the platform's operating system. */
    boolean runsOn(Platform platform) {
        return switch (kind) {
            case ELF -> system.isEmpty()
                    ? !platform.os().equals("darwin") && !platform.os().equals("windows")
                    : system.equals(platform.os());
            case MACH_O -> platform.os().equals("darwin");
            case PE -> platform.os().equals("windows");
            case SCRIPT -> true;
        };
    }

    /** Whether it has code for the platform's machine, or for no machine in particular. */
    boolean fits(Platform platform) {
        return runsOn(platform)
                && (kind == Kind.SCRIPT || architectures.contains(platform.architecture()));
    }

    @Override
    public String toString() {
        return architectures.isEmpty()
                ? kind + (system.isEmpty() ? "" : " for " + system)
                : kind + " for " + (system.isEmpty() ? "" : system + " on ") + String.join(", ",
                        architectures);
    }

    private static ExecutableHeader elf(ByteBuffer bytes) {
        boolean little = bytes.get(ELF_DATA_AT) == 1;
        int machine = bytes.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                .getShort(
                        ELF_MACHINE_AT);
        return of(Kind.ELF, system(bytes.get(ELF_SYSTEM_AT)), switch (machine) {
            case 3 -> "386";
            case 21 -> little ? "ppc64le" : "ppc64";
            case 22 -> "s390x";
            case 40 -> "arm";
            case 62 -> bytes.get(ELF_CLASS_AT) == 2 ? "amd64" : "";
            case 183 -> little ? "arm64" : "";
            case 243 -> bytes.get(ELF_CLASS_AT) == 2 ? "riscv64" : "";
            default -> "";
        });
    }

    /** Linux leaves it open as a rule; those who do not would not run there. */
    private static String system(byte abi) {
        return switch (abi) {
            case 2 -> "netbsd";
            case 6 -> "solaris";
            case 9 -> "freebsd";
            case 12 -> "openbsd";
            default -> "";
        };
    }

    private static ExecutableHeader machO(int cpu) {
        return of(Kind.MACH_O, machine(cpu));
    }

    private static String machine(int cpu) {
        return switch (cpu) {
            case 7 -> "386";
            case 0x01000007 -> "amd64";
            case 0x0100000c -> "arm64";
            default -> "";
        };
    }

    /** Several machines in one file; Java classes begin alike, with their version where the count is. */
    private static Optional<ExecutableHeader> universal(ByteBuffer bytes, int entry) {
        int count = bytes.getInt(4);
        if (count < 1 || count > MAX_FAT || bytes.limit() < 8 + entry * count) {
            return Optional.empty();
        }
        SortedSet<String> all = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            all.add(machine(bytes.getInt(8 + entry * i)));
        }
        all.remove("");
        return Optional.of(new ExecutableHeader(Kind.MACH_O, "", all));
    }

    private static Optional<ExecutableHeader> pe(ByteBuffer bytes) {
        if (bytes.getShort(0) != 0x5a4d) {
            return Optional.empty();
        }
        int offset = bytes.getInt(PE_OFFSET_AT);
        if (offset < 0 || offset > bytes.limit() - 6 || bytes.getInt(offset) != 0x4550) {
            return Optional.empty();
        }
        return Optional.of(of(Kind.PE, switch (bytes.getShort(offset + 4)) {
            case 0x14c -> "386";
            case (short) 0x8664 -> "amd64";
            case (short) 0xaa64 -> "arm64";
            default -> "";
        }));
    }
}
