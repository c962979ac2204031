package dev.chandlery.registry.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Turns Jetty's requests and responses into ours and back. */
final class JettyExchange extends Handler.Abstract {
    /** Files are mapped and sent in windows of this size. */
    private static final long WINDOW_BYTES = 4L * 1024 * 1024;
    /** Below this size a read costs less than a mapping. */
    private static final long MAP_FROM_BYTES = 256L * 1024;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final HttpHandler handler;
    private final Set<EndPoint> busy = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    JettyExchange(HttpHandler handler) {
        this.handler = handler;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
        busy.add(connection);
        try (InputStream body = Content.Source.asInputStream(request)) {
            HttpResponse ours = handler.handle(requestOf(request, body));
            if (stopping) {
                response.getHeaders().put(HttpHeader.CONNECTION, "close");
            }
            write(ours, response);
            callback.succeeded();
        } catch (IOException e) { // the client went away or stalled: end the connection
            callback.failed(e);
        } finally {
            busy.remove(connection);
        }
        return true;
    }

    /** From now on every response ends its connection. */
    void endConnections() {
        stopping = true;
    }

    /** Whether a request goes on there; HTTP/1.1 has one at a time. */
    boolean isBusy(EndPoint connection) {
        return busy.contains(connection);
    }

    private static HttpRequest requestOf(Request request, InputStream body) {
        HeaderFields headers = HeaderFields.NONE;
        for (HttpField field : request.getHeaders()) {
            headers = headers.plus(field.getName(), field.getValue() == null
                    ? ""
                    : field.getValue());
        }
        String path = request.getHttpURI().getPath();
        String query = request.getHttpURI().getQuery();
        long length = request.getLength();
        return new HttpRequest(request.getMethod(), path == null ? "" : path,
                query == null ? "" : query, headers, length < 0
                        ? OptionalLong.empty()
                        : OptionalLong.of(length), body);
    }

    static void writeHead(HttpResponse ours, Response response) {
        response.setStatus(ours.status());
        ours.headers().forEach(response.getHeaders()::add);
        boolean bodyless = ours.status() == 204 || ours.status() == 304;
        if (!bodyless) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, ours.body().length());
        }
    }

    private static void write(HttpResponse ours, Response response) throws IOException {
        switch (ours.body()) {
            case ResponseBody.Empty _,ResponseBody.LengthOnly _ -> writeHead(ours, response);
            case ResponseBody.Whole(var bytes) -> {
                writeHead(ours, response);
                Content.Sink.write(response, true, ByteBuffer.wrap(bytes.toArray()));
            }
            case ResponseBody.Streamed(var channel, var length) -> {
                try (channel) {
                    writeHead(ours, response);
                    send(channel, length, response);
                }
            }
        }
    }

    private static void send(ReadableByteChannel channel, long length, Response response)
            throws IOException {
        if (channel instanceof FileChannel file && length >= MAP_FROM_BYTES) {
            sendMapped(file, length, response);
        } else {
            sendRead(channel, length, response);
        }
    }

    /**
     * Sends without copying into the heap. Blob files are immutable and renamed into place, never
     * truncated, so a mapping cannot fault.
     */
    private static void sendMapped(FileChannel file, long length, Response response)
            throws IOException {
        long end = file.position() + length;
        for (long at = file.position(); at < end; at += WINDOW_BYTES) {
            long size = Math.min(WINDOW_BYTES, end - at);
            Content.Sink.write(response, at + size == end,
                    file.map(FileChannel.MapMode.READ_ONLY, at, size));
        }
    }

    private static void sendRead(ReadableByteChannel channel, long length, Response response)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, Math.max(1, length)));
        long left = length;
        while (left > 0) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), left));
            int read = channel.read(buffer);
            if (read < 0) {
                throw new IOException("stored content ended " + left + " bytes early");
            }
            left -= read;
            Content.Sink.write(response, left == 0, buffer.flip());
        }
    }
}
