package dev.chandlery.bench.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty's core without servlets, a virtual thread for each request; files are mapped. */
final class JettyServer extends Handler.Abstract {
    private static final int PLATFORM_THREADS = 16;
    private static final long WINDOW_BYTES = 4L * 1024 * 1024;

    private final Served served;

    private JettyServer(Served served) {
        this.served = served;
    }

    public static void main(String... args) throws Exception { // as Jetty declares
        Served served = Served.of(args);
        QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS, 2);
        threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost(Served.HOST);
        connector.setPort(served.port());
        server.addConnector(connector);
        server.setHandler(new JettyServer(served));
        server.start();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        try {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, Served.TYPE);
            response.getHeaders().put(Served.DIGEST_FIELD, Served.DIGEST);
            if (request.getMethod().equals("PUT")) {
                try (InputStream body = Content.Source.asInputStream(request)) {
                    send(response, Served.digestOf(body));
                }
            } else if (Served.FILE.equals(request.getHttpURI().getPath())) {
                sendFile(response);
            } else {
                send(response, Served.fixed());
            }
            callback.succeeded();
        } catch (IOException e) {
            callback.failed(e);
        }
        return true;
    }

    private static void send(Response response, byte[] body) throws IOException {
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        Content.Sink.write(response, true, ByteBuffer.wrap(body));
    }

    private void sendFile(Response response) throws IOException {
        try (FileChannel file = FileChannel.open(served.file())) {
            long size = file.size();
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, size);
            for (long at = 0; at < size; at += WINDOW_BYTES) {
                long part = Math.min(WINDOW_BYTES, size - at);
                Content.Sink.write(response, at + part == size, file.map(
                        FileChannel.MapMode.READ_ONLY, at, part));
            }
        }
    }
}
