package dev.chandlery.registry.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * An object as it comes. When its connection breaks, it goes on where that was; closed before its end, it
 * is cut off and not read to the end. Used by one thread.
 */
final class S3Channel implements ReadableByteChannel {
    private static final int MAX_BREAKS = 3;

    private final S3Objects objects;
    private final String name;
    private long position;
    private int breaks;
    private boolean ended;
    private boolean closed;
    private ResponseInputStream<GetObjectResponse> stream;
    private ReadableByteChannel channel;

    /** Begins at that byte, which the object has, unless it is empty. */
    S3Channel(S3Objects objects, String name, long offset) {
        this.objects = objects;
        this.name = name;
        this.position = offset;
        this.stream = objects.open(name, offset);
        this.channel = Channels.newChannel(stream);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int begin = target.position();
        try {
            int count = channel.read(target);
            ended |= count < 0;
            position += Math.max(count, 0);
            return count;
        } catch (IOException e) {
            breaks++;
            if (breaks > MAX_BREAKS || closed) {
                throw e;
            }
            target.position(begin);
            reopen();
            return read(target);
        }
    }

    private void reopen() {
        stream.abort();
        stream = objects.open(name, position);
        channel = Channels.newChannel(stream);
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() throws IOException {
        if (!closed && !ended) {
            stream.abort();
        }
        closed = true;
        channel.close();
    }
}
