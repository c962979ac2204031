package dev.chandlery.registry.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Lets the system send a file to a socket, past the heap and past Jetty: HTTP/1.1 without encryption only. Jetty
 * sends the header, and the pieces on which we wait until the socket takes more; it alone can wait without
 * holding a thread, and knows when a client is too slow.
 */
final class FileSender {
    /** Below this size a read costs no more. */
    static final long FROM_BYTES = 128L * 1024;

    private final PacedResponse response;
    private final SocketChannelEndPoint socket;

    private FileSender(PacedResponse response, SocketChannelEndPoint socket) {
        this.response = response;
        this.socket = socket;
    }

    /**
     * A sender for that exchange, of whose response nothing is sent yet; empty when the bytes of a file are not
     * those that go over its connection.
     *
     * @param length of the body in bytes; the response must not tell it by itself
     */
    static Optional<FileSender> of(Request request, PacedResponse response, long length) {
        boolean plain = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1;
        if (!plain || !(request.getConnectionMetaData()
                .getConnection()
                .getEndPoint() instanceof SocketChannelEndPoint socket)) {
            return Optional.empty();
        }
        request.addHttpStreamWrapper(stream -> new Length(stream, length));
        return Optional.of(new FileSender(response, socket));
    }

    /** Sends the header and that many bytes from where the file stands; blocks until all are sent. */
    void send(FileChannel file, long length) throws IOException {
        response.write(false, BufferUtil.EMPTY_BUFFER);
        long at = file.position();
        long end = at + length;
        while (at < end) {
            long passed = file.transferTo(at, end - at, socket.getChannel());
            response.passed(passed);
            at += passed;
            if (at < end) {
                at += sendPiece(file, at, end);
            }
        }
    }

    /** The socket is full, or the file is shorter than it was. */
    private long sendPiece(FileChannel file, long at, long end) throws IOException {
        ByteBuffer piece = TransferBuffers.take();
        boolean sent = false;
        try {
            piece.limit((int) Math.min(piece.capacity(), end - at));
            int read = file.read(piece, at);
            if (read < 0) {
                throw new IOException("stored content ended " + (end - at) + " bytes early");
            }
            response.write(at + read == end, piece.flip());
            sent = true;
            return read;
        } finally {
            if (sent) {
                TransferBuffers.giveBack(piece);
            } else {
                TransferBuffers.drop();
            }
        }
    }

    /**
     * Tells the length to the wire only. Jetty's response would count the bytes that it sends itself, and find
     * too few.
     */
    private static final class Length extends HttpStream.Wrapper {
        private final long length;

        Length(HttpStream stream, long length) {
            super(stream);
            this.length = length;
        }

        @Override
        public void send(MetaData.Request request, MetaData.Response response, boolean last,
                ByteBuffer content, Callback callback) {
            super.send(request, response == null ? null : withLength(response), last, content,
                    callback);
        }

        private MetaData.Response withLength(MetaData.Response response) {
            HttpFields fields = HttpFields.build(response.getHttpFields())
                    .put(HttpHeader.CONTENT_LENGTH, length);
            return new MetaData.Response(response.getStatus(), response.getReason(), response
                    .getHttpVersion(), fields, length, response.getTrailersSupplier());
        }
    }
}
