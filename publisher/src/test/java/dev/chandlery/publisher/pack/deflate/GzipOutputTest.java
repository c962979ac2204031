package dev.chandlery.publisher.pack.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipOutputTest {
    private static final int MIB = 1 << 20;

    @Test
    void everythingIsReadBackAsItWas() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = mixed(random, random.nextInt(1, 300_000) >> random.nextInt(18));
            assertThat(unpacked(packed(bytes, bytes.length))).as("seed %d, turn %d", seed, i)
                    .isEqualTo(bytes);
        }
    }

    @Test
    void edgesAreReadBackToo() throws IOException {
        byte[] noise = new byte[3 * MIB + 7];
        new Random(1).nextBytes(noise);
        byte[] zeros = new byte[5 * MIB + 1];
        byte[] far = Arrays.copyOf(noise, 2 * 32 * 1024);
        System.arraycopy(far, 0, far, 32 * 1024, 32 * 1024);
        for (byte[] bytes : new byte[][]{{}, {7}, {1, 2}, {1, 2, 3}, {5, 5, 5, 5}, noise, zeros,
                far, Arrays.copyOf(noise, MIB), Arrays.copyOf(noise, MIB - 1), Arrays.copyOf(noise,
                        65_535), Arrays.copyOf(noise, 65_536), text(4 * MIB)}) {
            assertThat(unpacked(packed(bytes, 1 << 16))).isEqualTo(bytes);
        }
        assertThat(packed(noise, 1 << 16)).hasSizeLessThan(noise.length + noise.length / 1000);
        assertThat(packed(zeros, 1 << 16)).hasSizeLessThan(zeros.length / 500);
        assertThat(packed(far, 1 << 16)).hasSizeLessThan(34 * 1024);
    }

    @Test
    void theSameBytesGiveTheSameHoweverTheyAreWritten() throws IOException {
        byte[] bytes = mixed(new Random(3), 3 * MIB);
        byte[] whole = packed(bytes, bytes.length);

        for (int piece : new int[]{1, 977, 65_536, MIB}) {
            assertThat(packed(bytes, piece)).isEqualTo(whole);
        }
    }

    /** Digests of layers depend on them: whoever changes them must know, and say so. */
    @Test
    void theBytesStayWhatTheyAre() throws IOException {
        assertThat(Digest.ofBytes(packed(mixed(new Random(4), 2 * MIB), MIB))
                .encoded()).isEqualTo(
                        "ce00ba216b312777e3e2ac46c304ee0f2ea448bc7d5ef455f693e93fd0bceb70");
    }

    @Test
    void itIsAsSmallAsZlibMakesIt() throws IOException {
        for (String name : new String[]{"/java/lang/String.class", "/java/util/HashMap.class"}) {
            byte[] bytes = classes(name);
            assertThat((double) packed(bytes, MIB).length).isLessThan(1.02 * zlib(bytes).length);
        }
        byte[] text = text(2 * MIB);
        assertThat((double) packed(text, MIB).length).isLessThan(1.05 * zlib(text).length);
    }

    private static byte[] classes(String name) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (InputStream in = Object.class.getResourceAsStream(name)) {
            in.transferTo(all);
        }
        return all.toByteArray();
    }

    private static byte[] packed(byte[] bytes, int piece) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GzipOutput gzip = new GzipOutput(out)) {
            for (int at = 0; at < bytes.length; at += piece) {
                gzip.write(bytes, at, Math.min(piece, bytes.length - at));
            }
        }
        return out.toByteArray();
    }

    private static byte[] zlib(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] unpacked(byte[] gzip) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        }
    }

    /** Noise, runs, and repetitions from all distances. */
    private static byte[] mixed(Random random, int size) {
        byte[] bytes = new byte[size];
        for (int at = 0; at < size;) {
            int length = Math.min(size - at, 1 + random.nextInt(400));
            switch (random.nextInt(4)) {
                case 0 -> {
                    byte[] noise = new byte[length];
                    random.nextBytes(noise);
                    System.arraycopy(noise, 0, bytes, at, length);
                }
                case 1 -> Arrays.fill(bytes, at, at + length, (byte) random.nextInt());
                default -> {
                    int distance = 1 + random.nextInt(Math.max(1, Math.min(at, 40_000)));
                    for (int i = 0; i < length; i++) {
                        bytes[at + i] = at + i < distance ? 0 : bytes[at + i - distance];
                    }
                }
            }
            at += length;
        }
        return bytes;
    }

    private static byte[] text(int size) {
        Random random = new Random(2);
        StringBuilder text = new StringBuilder();
        while (text.length() < size) {
            text.append("word")
                    .append(random.nextInt(3000))
                    .append(random.nextInt(9) == 0
                            ? ".\n"
                            : " ");
        }
        return text.substring(0, size).getBytes(StandardCharsets.UTF_8);
    }
}
