package dev.chandlery.publisher.pack;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.tukaani.xz.XZInputStream;

/** How an asset is to be opened, as its first bytes say; names are not trusted. */
enum AssetFormat {
    ZIP, TAR, GZIP, XZ, ZSTD, BZIP2, BARE;

    private static final int HEAD = 512;
    private static final int TAR_MAGIC_AT = 257;
    private static final byte[] TAR_MAGIC = {'u', 's', 't', 'a', 'r'};
    /** Most memory that an xz stream may ask for, in KiB; xz -9 needs 65 MiB. */
    private static final int XZ_MEMORY_KIB = 128 * 1024;

    /** @throws IOException when the file cannot be read */
    static AssetFormat of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in.readNBytes(HEAD));
        }
    }

    /** Of the first 512 bytes, or all that there are. */
    static AssetFormat of(byte[] head) {
        if (startsWith(head, 'P', 'K', 3, 4) || startsWith(head, 'P', 'K', 5, 6)) {
            return ZIP;
        }
        if (startsWith(head, 0x1f, 0x8b)) {
            return GZIP;
        }
        if (startsWith(head, 0xfd, '7', 'z', 'X', 'Z', 0)) {
            return XZ;
        }
        if (startsWith(head, 0x28, 0xb5, 0x2f, 0xfd)) {
            return ZSTD;
        }
        if (startsWith(head, 'B', 'Z', 'h')) {
            return BZIP2;
        }
        return isTar(head) ? TAR : BARE;
    }

    static boolean isTar(byte[] head) {
        return head.length == HEAD && Arrays.equals(head, TAR_MAGIC_AT, TAR_MAGIC_AT
                + TAR_MAGIC.length, TAR_MAGIC, 0, TAR_MAGIC.length);
    }

    /**
     * The bytes inside a compressed file; the caller closes the stream.
     *
     * @throws IOException when the file is not of this format
     */
    InputStream decompress(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        try {
            return switch (this) {
                case GZIP -> GzipCompressorInputStream.builder()
                        .setInputStream(raw)
                        .setDecompressConcatenated(true)
                        .get();
                case XZ -> new XZInputStream(raw, XZ_MEMORY_KIB);
                case ZSTD -> new ZstdInputStream(raw);
                case BZIP2 -> new BZip2CompressorInputStream(raw, true);
                case ZIP, TAR, BARE -> raw;
            };
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    private static boolean startsWith(byte[] head, int... magic) {
        if (head.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
