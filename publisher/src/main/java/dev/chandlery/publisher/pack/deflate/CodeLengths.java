package dev.chandlery.publisher.pack.deflate;

import java.io.IOException;

/**
 * The lengths of two codes, themselves compressed.
 *
 * <p><b>Spec:</b> RFC 1951, 3.2.7.
 */
final class CodeLengths {
    private static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14,
            1,
            15};
    private static final int SYMBOLS = 19;
    private static final int LONGEST = 7;
    private static final int LEAST_LITERALS = 257;
    private static final int REPEAT = 16;
    private static final int ZEROS = 17;
    private static final int MANY_ZEROS = 18;

    private final int literals;
    private final int distances;
    /** Symbols, each with its extra bits above. */
    private final int[] symbols;
    private final int[] frequencies = new int[SYMBOLS];
    private final HuffmanCode code;
    private int count;

    CodeLengths(HuffmanCode literalCode, HuffmanCode distanceCode) {
        this.literals = literalCode.size(LEAST_LITERALS);
        this.distances = distanceCode.size(1);
        int[] lengths = new int[literals + distances];
        for (int i = 0; i < literals; i++) {
            lengths[i] = literalCode.length(i);
        }
        for (int i = 0; i < distances; i++) {
            lengths[literals + i] = distanceCode.length(i);
        }
        this.symbols = new int[lengths.length];
        runs(lengths);
        this.code = HuffmanCode.of(frequencies, LONGEST);
    }

    private void runs(int[] lengths) {
        for (int i = 0; i < lengths.length;) {
            int end = i + 1;
            while (end < lengths.length && lengths[end] == lengths[i]) {
                end++;
            }
            run(lengths[i], end - i);
            i = end;
        }
    }

    private void run(int length, int times) {
        int left = times;
        if (length == 0) {
            while (left >= 11) {
                int n = Math.min(left, 138);
                add(MANY_ZEROS, n - 11);
                left -= n;
            }
            if (left >= 3) {
                add(ZEROS, left - 3);
                left = 0;
            }
        } else {
            add(length, 0);
            left--;
            while (left >= 3) {
                int n = Math.min(left, 6);
                add(REPEAT, n - 3);
                left -= n;
            }
        }
        for (; left > 0; left--) {
            add(length, 0);
        }
    }

    private void add(int symbol, int extra) {
        symbols[count++] = extra << 5 | symbol;
        frequencies[symbol]++;
    }

    private static int extraBits(int symbol) {
        return switch (symbol) {
            case REPEAT -> 2;
            case ZEROS -> 3;
            case MANY_ZEROS -> 7;
            default -> 0;
        };
    }

    private int sent() {
        int sent = SYMBOLS;
        while (sent > 4 && code.length(ORDER[sent - 1]) == 0) {
            sent--;
        }
        return sent;
    }

    /** In bits. */
    long cost() {
        return 14 + 3L * sent() + code.cost(frequencies) + 2L * frequencies[REPEAT]
                + 3L * frequencies[ZEROS] + 7L * frequencies[MANY_ZEROS];
    }

    void write(BitOutput out) throws IOException {
        int sent = sent();
        out.put(literals - LEAST_LITERALS, 5);
        out.put(distances - 1, 5);
        out.put(sent - 4, 4);
        for (int i = 0; i < sent; i++) {
            out.put(code.length(ORDER[i]), 3);
        }
        for (int i = 0; i < count; i++) {
            int symbol = symbols[i] & 31;
            out.put(code.code(symbol), code.length(symbol));
            out.put(symbols[i] >>> 5, extraBits(symbol));
        }
    }
}
