package dev.chandlery.registry.http;

import dev.chandlery.oci.Bytes;
import java.nio.channels.ReadableByteChannel;

/** What follows the header of a response. */
public sealed interface ResponseBody {

    /** Size in bytes, sent as {@code Content-Length}. */
    long length();

    /** Nothing. */
    record Empty() implements ResponseBody {
        @Override
        public long length() {
            return 0;
        }
    }

    /**
     * Content in memory.
     *
     * @param done run by the server when it does not need the bytes any more, in every case
     */
    record Whole(Bytes bytes, Runnable done) implements ResponseBody {
        /** Small content, of which nobody keeps count. */
        public Whole(Bytes bytes) {
            this(bytes, () -> {});
        }

        @Override
        public long length() {
            return bytes.size();
        }
    }

    /** Only the length of content that is not sent: the answer to HEAD. */
    record LengthOnly(long length) implements ResponseBody {}

    /**
     * Content read while it is sent; files are mapped, not copied, by servers that can.
     *
     * @param channel stands at the first byte to send; closed by the server in every case
     * @param length number of bytes to send
     */
    record Streamed(ReadableByteChannel channel, long length) implements ResponseBody {}
}
