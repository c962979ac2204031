package dev.chandlery.oci.tar;

import java.util.Optional;

/** What a file was packed with, by its first bytes; for messages. */
final class Compressions {

    private Compressions() {}

    static Optional<String> find(byte[] first) {
        if (begins(first, 0x1f, 0x8b)) {
            return Optional.of("gzip");
        }
        if (begins(first, 0x28, 0xb5, 0x2f, 0xfd)) {
            return Optional.of("zstd");
        }
        if (begins(first, 0xfd, '7', 'z', 'X', 'Z')) {
            return Optional.of("xz");
        }
        return begins(first, 'B', 'Z', 'h') ? Optional.of("bzip2") : Optional.empty();
    }

    private static boolean begins(byte[] bytes, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
