package dev.chandlery.publisher.attest.gobuild;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Numbers at places of a file. What lies outside of the file is an end of file, whatever a header says. */
final class BinaryFile implements AutoCloseable {
    private final FileChannel channel;
    private final long size;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

    BinaryFile(Path file) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.size = channel.size();
    }

    void order(ByteOrder replaced) {
        this.order = replaced;
    }

    long size() {
        return size;
    }

    /** Exactly so many bytes; at most what one section may have. */
    ByteBuffer read(long at, int length) throws IOException {
        if (at < 0 || length < 0 || at > size - length) {
            throw new EOFException("nothing at " + at);
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).order(order);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException("nothing at " + at);
            }
        }
        return bytes.flip();
    }

    int u16(long at) throws IOException {
        return read(at, Short.BYTES).getShort() & 0xffff;
    }

    long u32(long at) throws IOException {
        return read(at, Integer.BYTES).getInt() & 0xffffffffL;
    }

    long u64(long at) throws IOException {
        return read(at, Long.BYTES).getLong();
    }

    /** Text that ends at the first zero, or is as long as its field. */
    String text(long at, int length) throws IOException {
        byte[] bytes = read(at, (int) Math.min(length, Math.max(0, size - at))).array();
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
