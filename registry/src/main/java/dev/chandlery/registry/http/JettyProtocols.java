package dev.chandlery.registry.http;

import java.util.Locale;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** What is spoken on a connection: HTTP/1.1 and HTTP/2, agreed on by ALPN when it is encrypted. */
final class JettyProtocols {
    private static final int REQUEST_HEADER_BYTES = 16 * 1024;
    private static final int RESPONSE_HEADER_BYTES = 16 * 1024;
    private static final int OUTPUT_BUFFER_BYTES = 64 * 1024;
    private static final int MAX_STREAMS = 128;
    // A window as large as fast networks need, so that one upload is not slowed by round trips.
    private static final int WINDOW_BYTES = 4 * 1024 * 1024;
    private static final String IN_MEMORY = "in-memory";
    // Encoded slashes must reach our own path parser, which refuses or decodes them per segment; all
    // other ambiguities (dot segments, empty segments, parameters, bad escapes) Jetty refuses itself.
    private static final UriCompliance URIS = UriCompliance.RFC3986.with("chandlery",
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR);

    private JettyProtocols() {}

    static ConnectionFactory[] of(HttpServerOptions options) {
        HttpConfiguration http = configuration(options);
        return options.tls()
                .map(certificate -> encrypted(http, certificate))
                .orElseGet(() -> new ConnectionFactory[]{new HttpConnectionFactory(http),
                        limited(new WithPriorKnowledge(http))});
    }

    /**
     * HTTP/2 for clients that begin with it. Those that ask to change over are answered in HTTP/1.1.
     *
     * <p><b>Spec:</b> RFC 9113, section 3.1, which does away with {@code Upgrade: h2c}.
     */
    private static final class WithPriorKnowledge extends HTTP2CServerConnectionFactory {
        WithPriorKnowledge(HttpConfiguration http) {
            super(http);
        }

        @Override
        public @Nullable Connection upgradeConnection(Connector connector, EndPoint endPoint,
                MetaData.Request upgradeRequest, HttpFields.Mutable responseFields) {
            return null;
        }
    }

    private static ConnectionFactory[] encrypted(HttpConfiguration http,
            ServerCertificate certificate) {
        // Host names are checked by clients; a server that insists on SNI refuses plain addresses.
        http.addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStore(certificate.keyStore(IN_MEMORY));
        tls.setKeyStorePassword(IN_MEMORY);
        tls.setIncludeProtocols("TLSv1.2", "TLSv1.3");
        tls.setSniRequired(false);
        HttpConnectionFactory http1 = new HttpConnectionFactory(http);
        HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(http);
        // Jetty writes HTTP/1.1; clients that offer nothing else offer http/1.1, which is compared by its bytes.
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory(http2.getProtocol(),
                http1.getProtocol().toLowerCase(Locale.ROOT));
        alpn.setDefaultProtocol(http1.getProtocol());
        return new ConnectionFactory[]{new SslConnectionFactory(tls, alpn.getProtocol()), alpn,
                limited(http2), http1};
    }

    private static <F extends org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory> F limited(
            F http2) {
        http2.setMaxConcurrentStreams(MAX_STREAMS);
        http2.setInitialStreamRecvWindow(WINDOW_BYTES);
        http2.setInitialSessionRecvWindow(WINDOW_BYTES);
        return http2;
    }

    private static HttpConfiguration configuration(HttpServerOptions options) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(REQUEST_HEADER_BYTES);
        http.setResponseHeaderSize(RESPONSE_HEADER_BYTES);
        http.setMaxResponseHeaderSize(RESPONSE_HEADER_BYTES);
        http.setOutputBufferSize(OUTPUT_BUFFER_BYTES);
        http.setUriCompliance(URIS);
        http.setHttpCompliance(HttpCompliance.STRICT);
        http.setIdleTimeout(options.pace().idleTimeout().toMillis());
        return http;
    }
}
