package dev.chandlery.registry.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A stream that is opened when it is first read: one of many that are read one after the other. */
final class LateStream extends InputStream {
    private final Supplier<? extends InputStream> opening;
    /** Null until it is read. */
    private @Nullable InputStream stream;

    LateStream(Supplier<? extends InputStream> opening) {
        this.opening = opening;
    }

    private InputStream stream() {
        InputStream open = stream;
        if (open == null) {
            open = opening.get();
            stream = open;
        }
        return open;
    }

    @Override
    public int read() throws IOException {
        return stream().read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return stream().read(buffer, offset, length);
    }

    @Override
    public void close() throws IOException {
        if (stream != null) {
            stream.close();
        }
    }
}
