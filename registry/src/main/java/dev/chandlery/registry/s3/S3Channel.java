package dev.chandlery.registry.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** An object as it comes; closed before its end, it is cut off and not read to the end. */
final class S3Channel implements ReadableByteChannel {
    private final ResponseInputStream<GetObjectResponse> stream;
    private final ReadableByteChannel channel;
    private boolean ended;

    S3Channel(ResponseInputStream<GetObjectResponse> stream) {
        this.stream = stream;
        this.channel = Channels.newChannel(stream);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count = channel.read(target);
        ended |= count < 0;
        return count;
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen() && !ended) {
            stream.abort();
        }
        channel.close();
    }
}
