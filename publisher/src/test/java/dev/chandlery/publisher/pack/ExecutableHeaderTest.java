package dev.chandlery.publisher.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each platform that has a name against each kind of header. */
class ExecutableHeaderTest {

    /** A header, and the platforms that it is for. */
    private record Case(String what, Bytes head, List<String> fits) {}

    private static Case of(String what, byte[] head, List<String> fits) {
        return new Case(what, Bytes.of(head), fits);
    }

    @Test
    void eachPlatformTakesItsOwnExecutablesOnly() {
        List<Case> cases = new ArrayList<>();
        cases.add(of("ELF amd64", elf(62, 2, 1, 0), List.of("linux-x86_64",
                "freebsd-x86_64")));
        cases.add(of("ELF amd64, FreeBSD", elf(62, 2, 1, 9), List.of("freebsd-x86_64")));
        cases.add(of("ELF amd64, Linux", elf(62, 2, 1, 3), List.of("linux-x86_64",
                "freebsd-x86_64")));
        cases.add(of("ELF amd64, OpenBSD", elf(62, 2, 1, 12), List.of()));
        cases.add(of("ELF amd64 of 32 bits", elf(62, 1, 1, 0), List.of()));
        cases.add(of("ELF arm64", elf(183, 2, 1, 0), List.of("linux-aarch64")));
        cases.add(of("ELF arm64, big end first", elf(183, 2, 2, 0), List.of()));
        cases.add(of("ELF arm", elf(40, 1, 1, 0), List.of("linux-armv7")));
        cases.add(of("ELF 386", elf(3, 1, 1, 0), List.of("linux-x86_32")));
        cases.add(of("ELF ppc64le", elf(21, 2, 1, 0), List.of("linux-ppc64le")));
        cases.add(of("ELF ppc64", elf(21, 2, 2, 0), List.of()));
        cases.add(of("ELF s390x", elf(22, 2, 2, 0), List.of("linux-s390x")));
        cases.add(of("ELF riscv64", elf(243, 2, 1, 0), List.of("linux-riscv64")));
        cases.add(of("ELF riscv32", elf(243, 1, 1, 0), List.of()));
        cases.add(of("Mach-O amd64", machO(0x01000007), List.of("darwin-x86_64")));
        cases.add(of("Mach-O arm64", machO(0x0100000c), List.of("darwin-arm64")));
        cases.add(of("universal", universal(0xcafebabe, 20, 0x01000007, 0x0100000c), List.of(
                "darwin-arm64", "darwin-x86_64")));
        cases.add(of("universal of 64 bits", universal(0xcafebabf, 32, 0x01000007,
                0x0100000c), List.of("darwin-arm64", "darwin-x86_64")));
        cases.add(of("universal, one slice", universal(0xcafebabe, 20, 0x01000007), List.of(
                "darwin-x86_64")));
        cases.add(of("PE amd64", pe(0x8664), List.of("windows-x86_64")));
        cases.add(of("PE arm64", pe(0xaa64), List.of("windows-arm64")));
        cases.add(of("PE 386", pe(0x14c), List.of("windows-x86_32")));
        for (Case each : cases) {
            ExecutableHeader header = ExecutableHeader.of(each.head().toArray()).orElseThrow();
            assertThat(PlatformName.all()
                    .stream()
                    .filter(name -> header.fits(name.platform()))
                    .map(PlatformName::value)).as(each.what())
                    .containsExactlyInAnyOrderElementsOf(
                            each.fits());
        }
    }

    @Test
    void everySliceOfAUniversalBinaryIsTold() {
        assertThat(ExecutableHeader.of(universal(0xcafebabe, 20, 0x01000007, 0x0100000c))
                .orElseThrow()).hasToString("MACH_O for amd64, arm64");
        assertThat(ExecutableHeader.of(elf(62, 2, 1, 9)).orElseThrow()).hasToString(
                "ELF for freebsd on amd64");
    }

    @Test
    void whatOnlyLooksLikeAnExecutableIsNone() {
        byte[] javaClass = new byte[64];
        ByteBuffer.wrap(javaClass).putInt(0xcafebabe).putInt(65);
        byte[] dos = new byte[128];
        dos[0] = 'M';
        dos[1] = 'Z';

        assertThat(ExecutableHeader.of(javaClass)).isEmpty();
        assertThat(ExecutableHeader.of(dos)).isEmpty();
        assertThat(ExecutableHeader.of(new byte[0])).isEqualTo(Optional.empty());
    }

    private static byte[] elf(int machine, int width, int order, int system) {
        ByteBuffer head = ByteBuffer.allocate(128);
        head.put(new byte[]{0x7f, 'E', 'L', 'F', (byte) width, (byte) order, 1, (byte) system});
        head.order(order == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        return head.putShort(18, (short) machine).array();
    }

    private static byte[] machO(int cpu) {
        ByteBuffer head = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        return head.putInt(0xfeedfacf).putInt(cpu).array();
    }

    private static byte[] universal(int magic, int entry, int... cpus) {
        ByteBuffer head = ByteBuffer.allocate(256).putInt(0, magic).putInt(4, cpus.length);
        for (int i = 0; i < cpus.length; i++) {
            head.putInt(8 + entry * i, cpus[i]);
        }
        return head.array();
    }

    private static byte[] pe(int machine) {
        ByteBuffer head = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
        head.put(0, (byte) 'M').put(1, (byte) 'Z').putInt(0x3c, 128).putInt(128, 0x4550);
        return head.putShort(132, (short) machine).array();
    }
}
