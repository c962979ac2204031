package dev.chandlery.bench.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads answers from a connection, bodies with a length or in chunks. */
final class ReplyReader {
    private static final int MAX_LINE = 16 * 1024;
    private static final int HEXADECIMAL = 16;

    private final ReadableByteChannel channel;
    /** Ready to be read from. */
    private final ByteBuffer buffer;

    ReplyReader(ReadableByteChannel channel, ByteBuffer buffer) {
        this.channel = channel;
        this.buffer = buffer;
    }

    /** Reads one answer; its body goes to the stream, or nowhere. The result has no body. */
    Reply read(@Nullable ByteArrayOutputStream body) throws IOException {
        Reply head = head();
        boolean chunked = "chunked".equalsIgnoreCase(head.headers().get("transfer-encoding"));
        long length = chunked ? chunks(body) : take(length(head), body);
        return new Reply(head.status(), head.headers(), length, new byte[0]);
    }

    /** Reads the beginning of an answer; its body comes next. */
    Reply head() throws IOException {
        String status = line();
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT), line
                    .substring(colon + 1)
                    .strip());
        }
        int code = Integer.parseInt(status.substring("HTTP/1.1 ".length(), "HTTP/1.1 200"
                .length()));
        return new Reply(code, headers, 0, new byte[0]);
    }

    /** How long the body is that follows. */
    static long length(Reply head) {
        return Long.parseLong(head.headers().getOrDefault("content-length", "0"));
    }

    /** Passes so many bytes of a body on, as they come. */
    void pass(long length, WritableByteChannel to) throws IOException {
        long left = length;
        while (left > 0) {
            fill();
            int part = (int) Math.min(left, buffer.remaining());
            ByteBuffer piece = buffer.slice(buffer.position(), part);
            while (piece.hasRemaining()) {
                to.write(piece);
            }
            buffer.position(buffer.position() + part);
            left -= part;
        }
    }

    private long chunks(@Nullable ByteArrayOutputStream body) throws IOException {
        long all = 0;
        for (long size = chunk(); size > 0; size = chunk()) {
            all += take(size, body);
            line();
        }
        line();
        return all;
    }

    private long chunk() throws IOException {
        return Long.parseLong(line(), HEXADECIMAL);
    }

    private long take(long length, @Nullable ByteArrayOutputStream body) throws IOException {
        long left = length;
        while (left > 0) {
            fill();
            int part = (int) Math.min(left, buffer.remaining());
            if (body == null) {
                buffer.position(buffer.position() + part);
            } else {
                byte[] bytes = new byte[part];
                buffer.get(bytes);
                body.write(bytes, 0, part);
            }
            left -= part;
        }
        return length;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() < MAX_LINE) {
            fill();
            char c = (char) buffer.get();
            if (c == '\n') {
                return line.toString();
            }
            if (c != '\r') {
                line.append(c);
            }
        }
        throw new IOException("expected a line of at most " + MAX_LINE + " characters");
    }

    private void fill() throws IOException {
        if (buffer.hasRemaining()) {
            return;
        }
        buffer.clear();
        if (channel.read(buffer) < 0) {
            throw new EOFException("the server ended the connection");
        }
        buffer.flip();
    }
}
