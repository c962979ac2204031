package dev.chandlery.trust;

import static org.assertj.core.api.Assertions.fail;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.UntrustedContentException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;

/** Damages valid samples at random: whatever comes of it must be refused, in the way that callers know. */
public final class Mutations {

    private Mutations() {}

    /**
     * Requires that the check refuses all damaged copies.
     *
     * @param check what reads and believes; returns something that tells what was believed
     */
    public static <T> void neverBelieved(Bytes valid, int rounds, Function<Bytes, T> check) {
        believed(valid, rounds, check, _ -> false);
    }

    /**
     * As {@link #neverBelieved}, but what is still believed may be that: where a format has bytes that nobody
     * signs, such as white space or comments.
     */
    public static <T> void believedOnly(Bytes valid, int rounds, Function<Bytes, T> check,
            T harmless) {
        believed(valid, rounds, check, harmless::equals);
    }

    private static <T> void believed(Bytes valid, int rounds, Function<Bytes, T> check,
            Predicate<T> harmless) {
        for (int seed = 0; seed < rounds; seed++) {
            Bytes damaged = damage(valid, new Random(seed));
            if (damaged.equals(valid)) {
                continue;
            }
            try {
                T believed = check.apply(damaged);
                if (!harmless.test(believed)) {
                    fail("believed a damaged copy, seed " + seed + ": " + believed);
                }
            } catch (UntrustedContentException | MalformedContentException _) {
                // as it should be
            } catch (RuntimeException | Error e) {
                throw new AssertionError("unexpected failure, seed " + seed, e);
            }
        }
    }

    private static Bytes damage(Bytes valid, Random random) {
        byte[] bytes = valid.toArray();
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(5)) {
            case 0 -> Bytes.of(Arrays.copyOf(bytes, at));
            case 1 -> Bytes.of(Arrays.copyOfRange(bytes, at, bytes.length));
            case 2 -> without(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(8)));
            case 3 -> {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                yield Bytes.of(bytes);
            }
            default -> {
                bytes[at] = (byte) random.nextInt(256);
                yield Bytes.of(bytes);
            }
        };
    }

    private static Bytes without(byte[] bytes, int from, int to) {
        byte[] rest = new byte[bytes.length - (to - from)];
        System.arraycopy(bytes, 0, rest, 0, from);
        System.arraycopy(bytes, to, rest, from, bytes.length - to);
        return Bytes.of(rest);
    }
}
