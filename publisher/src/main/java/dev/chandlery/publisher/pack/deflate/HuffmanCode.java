package dev.chandlery.publisher.pack.deflate;

import java.util.Arrays;

/**
 * A canonical prefix code of least redundancy, up to a longest code.
 *
 * <p><b>Spec:</b> RFC 1951, 3.2.2. Lengths come by the method of Moffat and Katajainen, in place.
 */
final class HuffmanCode {
    private static final int SYMBOL_BITS = 10;
    private static final int SYMBOL = (1 << SYMBOL_BITS) - 1;
    private static final int LONGEST = 15;
    private static final int DEEPEST = 64;

    private final int[] lengths;
    private final int[] codes;

    private HuffmanCode(int[] lengths) {
        this.lengths = lengths;
        this.codes = codes(lengths);
    }

    /**
     * A code for symbols that occur so often. At least two symbols have codes, as some readers want.
     *
     * @param longest in bits
     */
    static HuffmanCode of(int[] frequencies, int longest) {
        long[] sorted = new long[frequencies.length];
        int used = 0;
        for (int symbol = 0; symbol < frequencies.length; symbol++) {
            if (frequencies[symbol] > 0) {
                sorted[used++] = (long) frequencies[symbol] << SYMBOL_BITS | symbol;
            }
        }
        for (int symbol = 0; used < 2; symbol++) {
            if (frequencies[symbol] == 0) {
                sorted[used++] = 1L << SYMBOL_BITS | symbol;
            }
        }
        Arrays.sort(sorted, 0, used);
        return new HuffmanCode(lengths(sorted, used, new int[frequencies.length], longest));
    }

    /** A code of which the lengths are known. */
    static HuffmanCode ofLengths(int[] lengths) {
        return new HuffmanCode(lengths);
    }

    int length(int symbol) {
        return lengths[symbol];
    }

    /** Its bits, in the order in which they are sent. */
    int code(int symbol) {
        return codes[symbol];
    }

    /** One more than the last symbol that has a code, and no fewer than that. */
    int size(int least) {
        int size = lengths.length;
        while (size > least && lengths[size - 1] == 0) {
            size--;
        }
        return size;
    }

    /** Bits that so many of each symbol take. */
    long cost(int[] frequencies) {
        long bits = 0;
        for (int symbol = 0; symbol < frequencies.length; symbol++) {
            bits += (long) frequencies[symbol] * lengths[symbol];
        }
        return bits;
    }

    private static int[] lengths(long[] sorted, int used, int[] lengths, int longest) {
        int[] depths = new int[used];
        for (int i = 0; i < used; i++) {
            depths[i] = (int) (sorted[i] >>> SYMBOL_BITS);
        }
        leastRedundancy(depths);
        int[] counts = new int[DEEPEST + 1];
        for (int depth : depths) {
            counts[depth]++;
        }
        limit(counts, longest);
        int next = used;
        for (int length = 1; length <= longest; length++) {
            for (int left = counts[length]; left > 0; left--) {
                lengths[(int) sorted[--next] & SYMBOL] = length;
            }
        }
        return lengths;
    }

    /** Turns frequencies, in ascending order, into depths; at least two. */
    private static void leastRedundancy(int[] a) {
        int n = a.length;
        a[0] += a[1];
        int root = 0;
        int leaf = 2;
        for (int next = 1; next < n - 1; next++) {
            if (leaf >= n || a[root] < a[leaf]) {
                a[next] = a[root];
                a[root++] = next;
            } else {
                a[next] = a[leaf++];
            }
            if (leaf >= n || (root < next && a[root] < a[leaf])) {
                a[next] += a[root];
                a[root++] = next;
            } else {
                a[next] += a[leaf++];
            }
        }
        a[n - 2] = 0;
        for (int next = n - 3; next >= 0; next--) {
            a[next] = a[a[next]] + 1;
        }
        leafDepths(a);
    }

    private static void leafDepths(int[] a) {
        int available = 1;
        int depth = 0;
        int root = a.length - 2;
        int next = a.length - 1;
        while (available > 0) {
            int inner = 0;
            while (root >= 0 && a[root] == depth) {
                inner++;
                root--;
            }
            while (available > inner) {
                a[next--] = depth;
                available--;
            }
            available = 2 * inner;
            depth++;
        }
    }

    /** Shortens codes that are too long, and lengthens others until there is room for them. */
    private static void limit(int[] counts, int longest) {
        for (int length = longest + 1; length < counts.length; length++) {
            counts[longest] += counts[length];
            counts[length] = 0;
        }
        long room = 0;
        for (int length = 1; length <= longest; length++) {
            room += (long) counts[length] << (longest - length);
        }
        for (; room > 1L << longest; room--) {
            counts[longest]--;
            int length = longest - 1;
            while (counts[length] == 0) {
                length--;
            }
            counts[length]--;
            counts[length + 1] += 2;
        }
    }

    private static int[] codes(int[] lengths) {
        int[] counts = new int[LONGEST + 1];
        for (int length : lengths) {
            counts[length]++;
        }
        counts[0] = 0;
        int[] next = new int[LONGEST + 1];
        for (int length = 1; length <= LONGEST; length++) {
            next[length] = (next[length - 1] + counts[length - 1]) << 1;
        }
        int[] codes = new int[lengths.length];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int length = lengths[symbol];
            if (length > 0) {
                codes[symbol] = Integer.reverse(next[length]++) >>> (Integer.SIZE - length);
            }
        }
        return codes;
    }
}
