package dev.chandlery.publisher.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/** The headers in front of each entry of a zip archive. */
final class LocalHeaders implements AutoCloseable {
    private static final int FIXED = 30;
    private static final int NAME_LENGTH_AT = 26;
    private static final int SIGNATURE = 0x04034b50;

    private final FileChannel channel;

    LocalHeaders(Path archive) throws IOException {
        this.channel = FileChannel.open(archive);
    }

    /** Whether the entry's own header has the name that the central directory gives it. */
    boolean agree(ZipArchiveEntry entry) throws IOException {
        ByteBuffer header = read(entry.getLocalHeaderOffset(), FIXED);
        if (header.remaining() < FIXED || header.getInt(0) != SIGNATURE) {
            return false;
        }
        int length = Short.toUnsignedInt(header.getShort(NAME_LENGTH_AT));
        ByteBuffer name = read(entry.getLocalHeaderOffset() + FIXED, length);
        byte[] local = new byte[name.remaining()];
        name.get(local);
        return Arrays.equals(local, entry.getRawName());
    }

    private ByteBuffer read(long offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) > 0) {
            // a read may bring less than asked for
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
