package dev.chandlery.bench.publish.stock;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** First bytes of executables: enough to be taken for what they claim to be. */
final class Executable {
    private static final int HEAD_BYTES = 512;
    private static final int PE_AT = 128;

    private Executable() {}

    static byte[] head(String platform) {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        boolean arm = platform.endsWith("aarch64") || platform.endsWith("arm64");
        if (platform.startsWith("linux")) {
            head.put(new byte[]{0x7f, 'E', 'L', 'F', 2, 1, 1});
            head.putShort(16, (short) 2).putShort(18, (short) (arm ? 183 : 62));
        } else if (platform.startsWith("darwin")) {
            head.putInt(0, 0xfeedfacf).putInt(4, arm ? 0x0100000c : 0x01000007);
        } else {
            head.putShort(0, (short) 0x5a4d).putInt(0x3c, PE_AT);
            head.putInt(PE_AT, 0x4550).putShort(PE_AT + 4, (short) 0x8664);
        }
        return head.array();
    }
}
