package dev.chandlery.publisher.pack.deflate;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds repetitions within 32 KiB: by chains of places that begin with the same four bytes, and the last place
 * outside of a match that begins with the same three. A match is taken only when the next byte begins no longer one. What comes out depends
 * on the bytes alone, not on how they are given. Not thread-safe.
 *
 * <p><b>Spec:</b> RFC 1951, 4.
 */
final class Deflate {
    private static final int WINDOW = 32 * 1024;
    private static final int BUFFER = 1024 * 1024;
    private static final int LONGEST = 258;
    private static final int SHORTEST = 3;
    /** What must follow a place for it to be looked at before the end is known. */
    private static final int LOOKAHEAD = LONGEST + Long.BYTES;
    /** Room behind the bytes, so that words may be read there. */
    private static final int SLACK = Long.BYTES;

    private static final int HASH_BITS = 15;
    private static final int SHORT_HASH_BITS = 15;
    private static final int MULTIPLIER = 0x9E3779B1;
    /** So many places of a chain are looked at; of a fourth where there is a good match already. */
    private static final int DEPTH = 24;
    private static final int GOOD = 8;
    /** No better one is looked for at the next byte. */
    private static final int LAZY = 16;
    /** Long enough to stop looking. */
    private static final int NICE = 64;
    /** A match of three bytes from farther away costs more than the bytes. */
    private static final int NEAR = 4096;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class,
            ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class,
            ByteOrder.LITTLE_ENDIAN);

    private final BitOutput out;
    private final Block block = new Block();
    private final byte[] buffer = new byte[BUFFER + SLACK];
    private final int[] heads = new int[1 << HASH_BITS];
    private final int[] shortHeads = new int[1 << SHORT_HASH_BITS];
    /** How far back from each place the one before it in its chain is; at most as far as it can tell. */
    private final char[] previous = new char[WINDOW];
    /** Where the bytes end. */
    private int end;
    /** Next place to be looked at. */
    private int at;
    /** First place of the block. */
    private int blockStart;
    /** Match that begins one byte before {@code at}; shorter than three when that byte stands alone. */
    private int lastLength = SHORTEST - 1;
    private int lastDistance;
    private boolean pending;
    private int foundDistance;

    Deflate(BitOutput out) {
        this.out = out;
        Arrays.fill(heads, -1);
        Arrays.fill(shortHeads, -1);
        Arrays.fill(previous, Character.MAX_VALUE);
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            int n = Math.min(left, BUFFER - end);
            System.arraycopy(bytes, from, buffer, end, n);
            end += n;
            from += n;
            left -= n;
            if (end == BUFFER) {
                run(end - LOOKAHEAD);
                slide();
            }
        }
    }

    /** Writes all that is left, and the last block. */
    void finish() throws IOException {
        Arrays.fill(buffer, end, end + SLACK, (byte) 0);
        run(end);
        if (pending) {
            block.literal(buffer[at - 1] & 0xff);
        }
        block.write(out, true, buffer, blockStart);
        out.align();
        out.flush();
    }

    /** Looks at all places before that one. */
    private void run(int until) throws IOException {
        while (at < until) {
            step();
        }
    }

    private void step() throws IOException {
        int length = SHORTEST - 1;
        if (at + Integer.BYTES <= end) {
            int word = (int) INTS.get(buffer, at);
            int candidate = insert(at, word);
            int near = insertShort(at, word);
            if (lastLength < LAZY) {
                length = find(candidate, near, word);
            }
        }
        if (lastLength >= SHORTEST && length <= lastLength) {
            takeLast();
        } else {
            boolean full = pending && block.literal(buffer[at - 1] & 0xff);
            pending = true;
            lastLength = length;
            lastDistance = foundDistance;
            at++;
            if (full) {
                flush();
            }
        }
    }

    /** The match that began one byte ago is the one. */
    private void takeLast() throws IOException {
        boolean full = block.match(lastLength, lastDistance);
        int behind = at - 1 + lastLength;
        int hashed = Math.min(behind, end - Integer.BYTES + 1);
        for (int place = at + 1; place < hashed; place++) {
            insert(place, (int) INTS.get(buffer, place));
        }
        at = behind;
        pending = false;
        lastLength = SHORTEST - 1;
        if (full) {
            flush();
        }
    }

    private int insert(int place, int word) {
        int hash = (word * MULTIPLIER) >>> (Integer.SIZE - HASH_BITS);
        int candidate = heads[hash];
        previous[place & WINDOW - 1] = (char) Math.min(place - candidate, Character.MAX_VALUE);
        heads[hash] = place;
        return candidate;
    }

    private int insertShort(int place, int word) {
        int hash = ((word << 8) * MULTIPLIER) >>> (Integer.SIZE - SHORT_HASH_BITS);
        int candidate = shortHeads[hash];
        shortHeads[hash] = place;
        return candidate;
    }

    /** Length of the longest match that is longer than the last one, else 2; sets its distance. */
    private int find(int first, int near, int word) {
        int longest = Math.min(LONGEST, end - at);
        int best = lastLength;
        int found = SHORTEST - 1;
        if (best < SHORTEST && near >= 0 && at - near <= NEAR && ((int) INTS.get(buffer, near)
                ^ word) << 8 == 0) {
            best = SHORTEST;
            found = SHORTEST;
            foundDistance = at - near;
        }
        int oldest = Math.max(0, at - WINDOW);
        int candidate = first;
        int left = best >= GOOD ? DEPTH / 4 : DEPTH;
        best = Math.max(best, SHORTEST);
        for (; candidate >= oldest && left > 0 && best < longest; left--) {
            if ((int) INTS.get(buffer, candidate + best - SHORTEST) == (int) INTS.get(buffer, at
                    + best - SHORTEST) && (int) INTS.get(buffer, candidate) == word) {
                int length = common(candidate, longest);
                if (length > best) {
                    best = length;
                    found = length;
                    foundDistance = at - candidate;
                    if (length >= NICE) {
                        break;
                    }
                }
            }
            candidate -= previous[candidate & WINDOW - 1];
        }
        return found;
    }

    /** How many bytes are the same there as here, of which four are. */
    private int common(int there, int longest) {
        int length = Integer.BYTES;
        while (length < longest) {
            long difference = (long) LONGS.get(buffer, there + length) ^ (long) LONGS.get(buffer, at
                    + length);
            if (difference != 0) {
                return Math.min(longest, length + (Long.numberOfTrailingZeros(difference) >>> 3));
            }
            length += Long.BYTES;
        }
        return longest;
    }

    private void flush() throws IOException {
        int bytes = block.bytes();
        block.write(out, false, buffer, blockStart);
        blockStart += bytes;
    }

    /** Makes room: only what a match may refer to stays. Blocks do not reach across. */
    private void slide() throws IOException {
        if (block.bytes() > 0) {
            flush();
        }
        int gone = at - WINDOW - 1 & -WINDOW;
        System.arraycopy(buffer, gone, buffer, 0, end - gone);
        end -= gone;
        at -= gone;
        blockStart -= gone;
        rebase(heads, gone);
        rebase(shortHeads, gone);
    }

    private static void rebase(int[] places, int gone) {
        for (int i = 0; i < places.length; i++) {
            places[i] = Math.max(-1, places[i] - gone);
        }
    }
}
