package dev.chandlery.registry.route;

import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.refusal.RefusedException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of targets; {@code +} stands for itself, as in media types. */
final class PercentCoding {
    private static final int HEX = 16;

    private PercentCoding() {}

    /** @throws RefusedException when an escape is broken or the bytes are not UTF-8 */
    static String decode(String raw) {
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                out.write(escape(bytes, i));
                i += 2;
            } else {
                out.write(bytes[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(out.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw broken();
        }
    }

    private static int escape(byte[] bytes, int at) {
        if (at + 2 >= bytes.length) {
            throw broken();
        }
        int high = Character.digit(bytes[at + 1], HEX);
        int low = Character.digit(bytes[at + 2], HEX);
        if (high < 0 || low < 0) {
            throw broken();
        }
        return high * HEX + low;
    }

    private static RefusedException broken() {
        return new RefusedException(ErrorCode.NAME_INVALID,
                "cannot read request target: broken percent-encoding");
    }
}
