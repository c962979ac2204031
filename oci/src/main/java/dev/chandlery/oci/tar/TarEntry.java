package dev.chandlery.oci.tar;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The header of one entry of a tar, as it is written: owner 0, mode 0644, time 0, so that the same content
 * gives the same bytes.
 *
 * <p><b>Spec:</b> POSIX.1-2017, pax, ustar Interchange Format and pax Extended Header.
 */
public final class TarEntry {
    /** Bytes of each header, and what content is filled up to. */
    public static final int BLOCK_BYTES = 512;

    /** The checksum is counted as if its own eight bytes were spaces. */
    public static final int CHECKSUM_AT = 148;
    /** Where the size of the content is, in octal digits. */
    public static final int SIZE_AT = 124;
    /** Where the kind of entry is, a character. */
    public static final int TYPE_AT = 156;

    static final int CHECKSUM_BYTES = 8;
    static final int NAME_BYTES = 100;

    private static final int MODE_AT = 100;
    private static final int OWNER_AT = 108;
    private static final int GROUP_AT = 116;
    private static final int TIME_AT = 136;
    private static final int MAGIC_AT = 257;
    private static final long MAX_OCTAL_SIZE = 0_77777777777L;
    private static final int NUMBER_DIGITS = 7;
    private static final int LONG_NUMBER_DIGITS = 11;
    private static final String EXTENDED_NAME = "pax";

    private TarEntry() {}

    /** The blocks before the content of a file: one, or three where name or size do not fit into one. */
    public static byte[] header(String name, long size) {
        StringBuilder extended = new StringBuilder();
        if (name.length() > NAME_BYTES) {
            extended.append(record("path", name));
        }
        if (size > MAX_OCTAL_SIZE) {
            extended.append(record("size", Long.toString(size)));
        }
        byte[] plain = block(name, Math.min(size, MAX_OCTAL_SIZE), '0');
        if (extended.isEmpty()) {
            return plain;
        }
        byte[] records = extended.toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(3 * BLOCK_BYTES)
                .put(block(EXTENDED_NAME, records.length, 'x'))
                .put(Arrays.copyOf(records, BLOCK_BYTES))
                .put(plain)
                .array();
    }

    /** Bytes that fill the last block of content of that size. */
    public static int padding(long size) {
        return (int) (-size & (BLOCK_BYTES - 1));
    }

    /** What a header's checksum must be. */
    public static long checksum(byte[] block) {
        long sum = 0;
        for (int i = 0; i < BLOCK_BYTES; i++) {
            boolean own = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_BYTES;
            sum += own ? ' ' : block[i] & 0xff;
        }
        return sum;
    }

    private static byte[] block(String name, long size, char type) {
        byte[] block = new byte[BLOCK_BYTES];
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(text, 0, block, 0, Math.min(text.length, NAME_BYTES));
        octal(block, MODE_AT, NUMBER_DIGITS, 0_644);
        octal(block, OWNER_AT, NUMBER_DIGITS, 0);
        octal(block, GROUP_AT, NUMBER_DIGITS, 0);
        octal(block, SIZE_AT, LONG_NUMBER_DIGITS, size);
        octal(block, TIME_AT, LONG_NUMBER_DIGITS, 0);
        block[TYPE_AT] = (byte) type;
        byte[] magic = "ustar\00000".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(magic, 0, block, MAGIC_AT, magic.length);
        octal(block, CHECKSUM_AT, CHECKSUM_BYTES - 2, checksum(block));
        block[CHECKSUM_AT + CHECKSUM_BYTES - 1] = ' ';
        return block;
    }

    private static void octal(byte[] block, int at, int digits, long value) {
        long left = value;
        for (int i = digits - 1; i >= 0; i--) {
            block[at + i] = (byte) ('0' + (left & 7));
            left >>>= 3;
        }
    }

    /** {@code <length> <key>=<value>\n}, the length counting itself. */
    private static String record(String key, String value) {
        String rest = " " + key + "=" + value + "\n";
        int length = rest.length() + 1;
        while (Integer.toString(length).length() + rest.length() != length) {
            length++;
        }
        return length + rest;
    }
}
