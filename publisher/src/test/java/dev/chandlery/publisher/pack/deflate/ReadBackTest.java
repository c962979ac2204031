package dev.chandlery.publisher.pack.deflate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class ReadBackTest {
    private static final byte[] PLAIN = "what users will unpack, what users will unpack".getBytes(
            StandardCharsets.UTF_8);

    @Test
    void passesOnWhatReadsBack() throws IOException {
        byte[] packed = deflated();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ReadBack back = new ReadBack(out)) {
            for (byte b : packed) {
                back.write(b);
            }
            back.check(checksum(PLAIN), PLAIN.length);
        }
        assertThat(out.toByteArray()).isEqualTo(packed);
    }

    @Test
    void refusesWhatGivesOtherBytesOrMoreOrLess() throws IOException {
        byte[] packed = deflated();
        refuses(packed, "other".getBytes(StandardCharsets.UTF_8), "expected 5 bytes");
        refuses(packed, Arrays.copyOf(PLAIN, PLAIN.length + 1), "expected 47 bytes");
        refuses(Arrays.copyOf(packed, packed.length - 1), PLAIN, "does not end");
        refuses(Arrays.copyOf(packed, packed.length + 1), PLAIN, "does not end");
    }

    @Test
    void refusesWhatIsNoStream() {
        assertThatThrownBy(() -> new ReadBack(new ByteArrayOutputStream()).write(new byte[]{7, 7, 7,
                7})).isInstanceOf(IOException.class)
                .hasMessageContaining("cannot read back what was compressed");
    }

    private static void refuses(byte[] packed, byte[] plain, String why) throws IOException {
        try (ReadBack back = new ReadBack(new ByteArrayOutputStream())) {
            back.write(packed);
            assertThatThrownBy(() -> back.check(checksum(plain), plain.length)).isInstanceOf(
                    IOException.class).hasMessageContaining(why);
        }
    }

    private static CRC32 checksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        return checksum;
    }

    private static byte[] deflated() {
        Deflater deflater = new Deflater(6, true);
        deflater.setInput(PLAIN);
        deflater.finish();
        byte[] buffer = new byte[200];
        int length = deflater.deflate(buffer);
        deflater.end();
        return Arrays.copyOf(buffer, length);
    }
}
