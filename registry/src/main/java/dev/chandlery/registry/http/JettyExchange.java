package dev.chandlery.registry.http;

import dev.chandlery.oci.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Turns Jetty's requests and responses into ours and back. */
final class JettyExchange extends Handler.Abstract {
    private static final int REQUEST_TIMEOUT = 408;
    private static final Set<String> BODYLESS = Set.of("GET", "HEAD");
    private static final int SCRATCH_BYTES = 16 * 1024;
    private static final long MAX_REST_BYTES = 64L * 1024 * 1024;
    private static final Duration REST = Duration.ofSeconds(3);
    private static final int BAD_REQUEST = 400;
    private static final int HTTP_1_1 = 11;
    private static final int HTTP_2 = 20;
    private static final int WHOLE_BYTES = 16 * 1024;

    private final HttpHandler handler;
    private final HttpServerOptions.Pace pace;
    private final TrustedProxies proxies;
    private final ConnectionUse connections;
    private volatile boolean stopping;

    JettyExchange(HttpHandler handler, HttpServerOptions options, ConnectionUse connections) {
        this.handler = handler;
        this.pace = options.pace();
        this.proxies = options.proxies();
        this.connections = connections;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        ConnectionUse.Use use = connections.begin(request);
        if (isFramedFaultily(request)) {
            use.end();
            endConnection(request, response);
            Response.writeError(request, response, callback, BAD_REQUEST,
                    "expected no Transfer-Encoding but chunked, and none in HTTP/1.0");
            return true;
        }
        try (PacedBody body = new PacedBody(Content.Source.asInputStream(request), pace
                .minBodyBytesPerSecond(), pace.grace())) {
            HttpResponse ours = handler.handle(requestOf(request, body));
            if (stopping) {
                endConnection(request, response);
            }
            boolean complete = false;
            try {
                write(ours, request, response, new PacedResponse(response, pace));
                complete = true;
            } finally {
                if (ours.body() instanceof ResponseBody.Whole whole) {
                    whole.done().run();
                }
                ours.listener().sent(body.bytes(), complete ? bodyBytes(ours) : 0, complete);
            }
            takeRest(request, body);
            callback.succeeded();
        } catch (PacedBody.SlowBodyException e) {
            refuseSlow(e, request, response, callback);
        } catch (IOException e) { // the client went away or stalled: end the connection
            callback.failed(e);
        } finally {
            use.end();
        }
        return true;
    }

    /**
     * <b>Spec:</b> RFC 9112, section 6.1: a proxy in between may have taken the body of HTTP/1.0 for the next
     * request, and understood other codings than chunked, or several, in another way.
     */
    private static boolean isFramedFaultily(Request request) {
        List<String> codings = request.getHeaders().getValuesList(HttpHeader.TRANSFER_ENCODING);
        return !codings.isEmpty() && (request.getConnectionMetaData()
                .getHttpVersion()
                .getVersion() < HTTP_1_1 || codings.size() > 1 || !codings.getFirst()
                        .strip()
                        .equalsIgnoreCase("chunked"));
    }

    /**
     * Takes what a client still sends of a body that nobody wanted, within limits: if the connection were
     * closed at once, the answer on its way would be lost with it.
     */
    private static void takeRest(Request request, InputStream body) {
        if (BODYLESS.contains(request.getMethod()) || request.getHeaders()
                .contains(
                        HttpHeader.EXPECT)) {
            return;
        }
        byte[] scratch = new byte[SCRATCH_BYTES];
        long end = System.nanoTime() + REST.toNanos();
        long left = MAX_REST_BYTES;
        try {
            while (left > 0 && System.nanoTime() < end) {
                int read = body.read(scratch);
                if (read < 0) {
                    return;
                }
                left -= read;
            }
        } catch (IOException _) {
            // it has its answer, and went away or dawdles
        }
    }

    private static long bodyBytes(HttpResponse response) {
        return response.body() instanceof ResponseBody.LengthOnly ? 0 : response.body().length();
    }

    private void refuseSlow(PacedBody.SlowBodyException slow, Request request, Response response,
            Callback callback) {
        if (response.isCommitted()) {
            callback.failed(slow);
            return;
        }
        try {
            endConnection(request, response);
            write(handler.refuse(REQUEST_TIMEOUT, String.valueOf(slow.getMessage())), request,
                    response, new PacedResponse(response, pace));
            callback.succeeded();
        } catch (IOException e) {
            callback.failed(e);
        }
    }

    /** HTTP/2 has no such header; its connections are closed when they are idle. */
    private static void endConnection(Request request, Response response) {
        if (request.getConnectionMetaData().getHttpVersion().getVersion() < HTTP_2) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
    }

    /** From now on every response ends its connection. */
    void endConnections() {
        stopping = true;
    }

    private HttpRequest requestOf(Request request, InputStream body) {
        HeaderFields headers = headersOf(request);
        String path = request.getHttpURI().getPath();
        String query = request.getHttpURI().getQuery();
        long length = request.getLength();
        return new HttpRequest(request.getMethod(), path == null ? "" : path,
                query == null ? "" : query, headers, length < 0
                        ? OptionalLong.empty()
                        : OptionalLong.of(length), body, peerOf(request));
    }

    /** With HTTP/2 the host stands in {@code :authority}, which counts even when there is a Host as well. */
    private static HeaderFields headersOf(Request request) {
        HeaderFields.Builder headers = new HeaderFields.Builder();
        String authority = request.getConnectionMetaData().getHttpVersion().getVersion() < HTTP_2
                ? null
                : request.getHttpURI().getAuthority();
        if (authority != null) {
            headers.add(HttpHeader.HOST.asString(), authority);
        }
        for (HttpField field : request.getHeaders()) {
            if (authority == null || field.getHeader() != HttpHeader.HOST) {
                String value = field.getValue();
                headers.add(field.getName(), value == null ? "" : value);
            }
        }
        return headers.build();
    }

    private Peer peerOf(Request request) {
        SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
        if (!(remote instanceof InetSocketAddress internet) || internet.getAddress() == null) {
            return new Peer("", request.isSecure());
        }
        InetAddress address = internet.getAddress();
        InetAddress client = proxies.has(address)
                ? proxies.client(address, request.getHeaders()
                        .getValuesList(
                                TrustedProxies.FORWARDED_FOR), request.getHeaders()
                                        .getValuesList(TrustedProxies.FORWARDED))
                : address;
        return new Peer(client.getHostAddress(), request.isSecure());
    }

    static void writeHead(HttpResponse ours, Response response) {
        response.setStatus(ours.status());
        ours.headers().forEach(response.getHeaders()::add);
        if (ours.status() != 204) { // with 304 it is the length of what is not sent
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, ours.body().length());
        }
    }

    private static void write(HttpResponse ours, Request request, Response response,
            PacedResponse paced) throws IOException {
        writeHead(ours, response);
        switch (ours.body()) {
            case ResponseBody.Empty _ -> {
                if (!BODYLESS.contains(request.getMethod())) { // before what is left of its body
                    paced.write(true, ByteBuffer.allocate(0));
                }
            }
            case ResponseBody.LengthOnly _ -> {
                // the header is all
            }
            case ResponseBody.Whole(var bytes, var _) -> send(bytes, paced);
            case ResponseBody.Streamed(var channel, var length) -> {
                try (channel) {
                    send(channel, length, request, response, paced);
                }
            }
        }
    }

    /** Large ones in pieces: what is waited for is outside of the heap then, and not all of it. */
    private static void send(Bytes bytes, PacedResponse paced) throws IOException {
        if (bytes.size() <= WHOLE_BYTES) {
            paced.write(true, ByteBuffer.wrap(bytes.toArray()));
        } else {
            sendRead(Channels.newChannel(bytes.openStream()), bytes.size(), paced);
        }
    }

    private static void send(ReadableByteChannel channel, long length, Request request,
            Response response, PacedResponse paced) throws IOException {
        if (channel instanceof FileChannel file && length >= FileSender.FROM_BYTES) {
            Optional<FileSender> sender = FileSender.of(request, paced, length);
            if (sender.isPresent()) {
                response.getHeaders().remove(HttpHeader.CONTENT_LENGTH);
                sender.get().send(file, length);
                return;
            }
        }
        sendRead(channel, length, paced);
    }

    private static void sendRead(ReadableByteChannel channel, long length, PacedResponse paced)
            throws IOException {
        ByteBuffer buffer = TransferBuffers.take();
        boolean sent = false;
        try {
            long left = length;
            while (left > 0) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), left));
                int read = channel.read(buffer);
                if (read < 0) {
                    throw new IOException("stored content ended " + left + " bytes early");
                }
                left -= read;
                paced.write(left == 0, buffer.flip());
            }
            sent = true;
        } finally {
            if (sent) {
                TransferBuffers.giveBack(buffer);
            } else {
                TransferBuffers.drop();
            }
        }
    }
}
