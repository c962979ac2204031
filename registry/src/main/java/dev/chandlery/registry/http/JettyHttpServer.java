package dev.chandlery.registry.http;

import dev.chandlery.oci.StorageException;
import java.io.IOException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Jetty's core behind {@link HttpServer}: HTTP/1.1 and HTTP/2, no servlets. A few platform threads move bytes;
 * every request is handled on a virtual thread.
 */
public final class JettyHttpServer implements HttpServer {
    private static final int PLATFORM_THREADS = 16;
    private static final int RETRY_MILLIS = 20;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Server server;
    private final ServerConnector connector;
    private final JettyExchange exchange;
    private final ConnectionUse connections;
    private final HeaderWatch watch;

    private JettyHttpServer(Server server, ServerConnector connector, JettyExchange exchange,
            ConnectionUse connections, HeaderWatch watch) {
        this.server = server;
        this.connector = connector;
        this.exchange = exchange;
        this.connections = connections;
        this.watch = watch;
    }

    /**
     * Binds and starts; blocks until connections are accepted.
     *
     * @throws StorageException when the address cannot be bound
     */
    public static JettyHttpServer start(HttpServerOptions options, HttpHandler handler) {
        Server server = new Server(threads());
        ConnectionUse connections = new ConnectionUse();
        JettyExchange exchange = new JettyExchange(handler, options, connections);
        ServerConnector connector = new ServerConnector(server, 1, 1, JettyProtocols.of(options));
        connector.setHost(options.host());
        connector.setIdleTimeout(options.pace().idleTimeout().toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(options.pace().maxConnections(), connector));
        connector.addBean(new AddressConnections(options.pace().addressConnections(),
                options.proxies()::has));
        server.setHandler(new GracefulHandler(exchange));
        server.setErrorHandler(new JettyErrors(handler));
        server.setStopTimeout(options.stopTimeout().toMillis());
        return new JettyHttpServer(server, connector, exchange, connections, new HeaderWatch(
                connector, connections, options.pace().headerTimeout())).begin(options);
    }

    private JettyHttpServer begin(HttpServerOptions options) {
        try {
            bind(options.port());
            server.start();
            watch.start();
            return this;
        } catch (Exception e) { // Jetty declares Exception
            close();
            throw new StorageException("cannot listen on " + options.host() + ":" + options.port()
                    .port() + ": " + rootMessage(e), e);
        }
    }

    private void bind(PortChoice choice) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + choice.patience().toNanos();
        connector.setPort(choice.port());
        while (true) {
            try {
                connector.open();
                return;
            } catch (IOException e) {
                if (System.nanoTime() < deadline) {
                    Thread.sleep(RETRY_MILLIS);
                } else if (choice.orAny() && connector.getPort() != 0) {
                    connector.setPort(0);
                } else {
                    throw e;
                }
            }
        }
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool pool = new QueuedThreadPool(PLATFORM_THREADS, 2);
        pool.setName("registry-http");
        pool.setDaemon(true);
        pool.setVirtualThreadsExecutor(
                VirtualThreads.getNamedVirtualThreadsExecutor("registry-request-"));
        return pool;
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof IOException || root.getMessage() != null
                ? String.valueOf(root.getMessage())
                : root.getClass().getSimpleName();
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    /**
     * Ends connections that have no request, and waits for those that have. Jetty would give both a second
     * or two, which is too long for the ones and too short for the others. Whether it was interrupted.
     */
    private boolean awaitRequests() {
        long deadline = System.nanoTime() + server.getStopTimeout() * NANOS_PER_MILLI;
        while (!connector.getConnectedEndPoints().isEmpty() && System.nanoTime() < deadline) {
            for (EndPoint connection : connector.getConnectedEndPoints()) {
                if (!connections.of(connection).isBusy()) {
                    connection.close();
                }
            }
            try {
                Thread.sleep(1);
            } catch (InterruptedException _) {
                return true;
            }
        }
        server.setStopTimeout(1);
        return false;
    }

    @Override
    public void close() {
        boolean interrupted = false;
        try {
            watch.close();
            connector.close();
            exchange.endConnections();
            interrupted = awaitRequests();
            server.stop();
        } catch (Exception e) { // Jetty declares Exception; running requests were cut at the timeout
            System.getLogger(JettyHttpServer.class.getName())
                    .log(System.Logger.Level.DEBUG, "requests were cut while stopping", e);
        } finally {
            server.destroy();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
