package dev.chandlery.publisher.pack.deflate;

import java.io.IOException;
import java.util.Arrays;

/**
 * Literals and matches of one block, and how they are written: with codes of their own, with the fixed ones, or as
 * they are, whichever is shortest.
 *
 * <p><b>Spec:</b> RFC 1951, 3.2.3 to 3.2.7. Not thread-safe.
 */
final class Block {
    private static final int TOKENS = 32 * 1024;
    private static final int LITERALS = 286;
    private static final int FIXED_LITERALS = 288;
    private static final int DISTANCES = 30;
    private static final int END = 256;
    private static final int LONGEST_CODE = 15;
    private static final int LONGEST_STORED = 65535;
    private static final int LENGTH_BITS = 9;
    private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;

    private static final int[] LENGTH_BASE = {3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27,
            31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
    private static final int[] LENGTH_EXTRA = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3,
            3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
    private static final int[] DISTANCE_BASE = {1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97,
            129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385,
            24577};
    private static final int[] DISTANCE_EXTRA = {0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7,
            7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13};
    private static final byte[] LENGTH_CODE = lengthCodes();
    private static final HuffmanCode FIXED = fixed();
    private static final HuffmanCode FIXED_DISTANCES = fixedDistances();

    private final int[] tokens = new int[TOKENS];
    private final int[] literals = new int[LITERALS];
    private final int[] distances = new int[DISTANCES];
    private int count;
    private int bytes;

    /** Adds a byte; whether the block is full. */
    boolean literal(int value) {
        tokens[count++] = value;
        literals[value]++;
        bytes++;
        return count == TOKENS;
    }

    /** Adds a match of 3 to 258 bytes at a distance of up to 32 KiB; whether the block is full. */
    boolean match(int length, int distance) {
        tokens[count++] = distance << LENGTH_BITS | length;
        literals[END + 1 + LENGTH_CODE[length]]++;
        distances[distanceCode(distance)]++;
        bytes += length;
        return count == TOKENS;
    }

    /** Bytes that it stands for. */
    int bytes() {
        return bytes;
    }

    /**
     * Writes it and begins a new one.
     *
     * @param raw has its bytes, from {@code start} on
     */
    void write(BitOutput out, boolean last, byte[] raw, int start) throws IOException {
        literals[END]++;
        HuffmanCode own = HuffmanCode.of(literals, LONGEST_CODE);
        HuffmanCode ownDistances = HuffmanCode.of(distances, LONGEST_CODE);
        CodeLengths header = new CodeLengths(own, ownDistances);
        long extra = extraBits();
        long dynamicCost = header.cost() + own.cost(literals) + ownDistances.cost(distances)
                + extra;
        long fixedCost = FIXED.cost(literals) + FIXED_DISTANCES.cost(distances) + extra;
        long storedCost = 8L * bytes + 40L * (1 + bytes / LONGEST_STORED);
        if (storedCost <= Math.min(dynamicCost, fixedCost)) {
            stored(out, last, raw, start);
        } else if (fixedCost <= dynamicCost) {
            out.put((last ? 1 : 0) | 1 << 1, 3);
            tokens(out, FIXED, FIXED_DISTANCES);
        } else {
            out.put((last ? 1 : 0) | 2 << 1, 3);
            header.write(out);
            tokens(out, own, ownDistances);
        }
        clear();
    }

    private void clear() {
        Arrays.fill(literals, 0);
        Arrays.fill(distances, 0);
        count = 0;
        bytes = 0;
    }

    private long extraBits() {
        long bits = 0;
        for (int code = 0; code < LENGTH_EXTRA.length; code++) {
            bits += (long) literals[END + 1 + code] * LENGTH_EXTRA[code];
        }
        for (int code = 0; code < DISTANCES; code++) {
            bits += (long) distances[code] * DISTANCE_EXTRA[code];
        }
        return bits;
    }

    private void stored(BitOutput out, boolean last, byte[] raw, int start) throws IOException {
        int at = start;
        int left = bytes;
        do {
            int length = Math.min(left, LONGEST_STORED);
            left -= length;
            out.put(last && left == 0 ? 1 : 0, 3);
            out.align();
            out.put(length | ~length << 16, 32);
            out.align();
            out.bytes(raw, at, length);
            at += length;
        } while (left > 0);
    }

    private void tokens(BitOutput out, HuffmanCode code, HuffmanCode distanceCode)
            throws IOException {
        for (int i = 0; i < count; i++) {
            int token = tokens[i];
            int distance = token >>> LENGTH_BITS;
            if (distance == 0) {
                out.put(code.code(token), code.length(token));
            } else {
                int length = token & LENGTH_MASK;
                int symbol = LENGTH_CODE[length];
                int word = code.code(END + 1 + symbol);
                int bits = code.length(END + 1 + symbol);
                out.put(word | (length - LENGTH_BASE[symbol]) << bits, bits
                        + LENGTH_EXTRA[symbol]);
                int far = distanceCode(distance);
                int farBits = distanceCode.length(far);
                out.put(distanceCode.code(far) | (distance - DISTANCE_BASE[far]) << farBits, farBits
                        + DISTANCE_EXTRA[far]);
            }
        }
        out.put(code.code(END), code.length(END));
    }

    /** The first two codes stand for one distance each, then two codes for each power of two. */
    private static int distanceCode(int distance) {
        int d = distance - 1;
        if (d < 4) {
            return d;
        }
        int power = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(d);
        return 2 * power + (d >>> (power - 1) & 1);
    }

    private static byte[] lengthCodes() {
        byte[] codes = new byte[LENGTH_MASK + 1];
        for (int code = 0; code < LENGTH_BASE.length; code++) {
            int end = code + 1 < LENGTH_BASE.length ? LENGTH_BASE[code + 1] : 259;
            Arrays.fill(codes, LENGTH_BASE[code], end, (byte) code);
        }
        return codes;
    }

    private static HuffmanCode fixed() {
        int[] lengths = new int[FIXED_LITERALS];
        Arrays.fill(lengths, 0, 144, 8);
        Arrays.fill(lengths, 144, 256, 9);
        Arrays.fill(lengths, 256, 280, 7);
        Arrays.fill(lengths, 280, FIXED_LITERALS, 8);
        return HuffmanCode.ofLengths(lengths);
    }

    private static HuffmanCode fixedDistances() {
        int[] lengths = new int[32];
        Arrays.fill(lengths, 5);
        return HuffmanCode.ofLengths(lengths);
    }
}
