package dev.chandlery.oci.tar;

/** Numbers in headers of a tar: octal digits, or binary where the first bit is set. */
final class TarNumbers {
    private static final int BINARY = 0x80;
    private static final long MAX_BEFORE_DIGIT = Long.MAX_VALUE >> Byte.SIZE;

    private TarNumbers() {}

    /** -1 when it is no number, or one that is negative or too large. */
    static long read(byte[] block, int at, int length) {
        return (block[at] & BINARY) != 0 ? binary(block, at, length) : octal(block, at, length);
    }

    private static long binary(byte[] block, int at, int length) {
        long value = block[at] & 0x7f;
        for (int i = 1; i < length; i++) {
            if (value > MAX_BEFORE_DIGIT) {
                return -1;
            }
            value = (value << Byte.SIZE) | (block[at + i] & 0xff);
        }
        return value;
    }

    private static long octal(byte[] block, int at, int length) {
        int from = at;
        int to = at + length;
        while (from < to && block[from] == ' ') {
            from++;
        }
        while (to > from && (block[to - 1] == ' ' || block[to - 1] == 0)) {
            to--;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = block[i] - '0';
            if (digit < 0 || digit > 7) {
                return -1;
            }
            value = (value << 3) | digit;
        }
        return value;
    }
}
