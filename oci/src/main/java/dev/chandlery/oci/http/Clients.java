package dev.chandlery.oci.http;

import dev.chandlery.oci.concurrent.RunId;
import java.io.IOException;
import java.net.ProxySelector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.internal.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP clients: those for what the user named go to whatever address; the one for what a server named
 * refuses to connect to private addresses. Clients that speak TLS are made when the first call needs one, as
 * reading the machine's certificates takes longer than many a command.
 */
final class Clients implements AutoCloseable {
    private static final String USER_AGENT = "chandlery/" + version();

    private static final int KEEP_MINUTES = 5;
    private static final String PAST = "Thu, 1 Jan 1970 00:00:00 GMT";

    private final OkHttpClient plain;
    /** By origin, as OkHttp looks through all of a pool for each call, and again after it. */
    private final Map<Origin, OkHttpClient> named = new ConcurrentHashMap<>();
    private final List<Path> certificates;
    private final Set<Origin> allowed;
    private final ProxySelector proxies;
    private final int idleConnections;
    private @Nullable OkHttpClient open;
    private @Nullable OkHttpClient guarded;

    Clients(TransportOptions options) {
        this.allowed = options.allowedOrigins();
        this.proxies = EnvironmentProxies.of(options.environment());
        this.certificates = options.extraCertificates();
        this.idleConnections = options.idleConnections();
        this.plain = new OkHttpClient.Builder()
                .connectionPool(pool())
                .socketFactory(new WideSockets())
                .followRedirects(false)
                .followSslRedirects(false)
                .proxySelector(proxies)
                .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
                .protocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1))
                .connectTimeout(options.timeouts().connect())
                .readTimeout(options.timeouts().idle())
                .writeTimeout(options.timeouts().idle())
                .callTimeout(Duration.ZERO)
                .addNetworkInterceptor(chain -> bounded(chain.proceed(chain.request())))
                .build();
    }

    private synchronized OkHttpClient open() {
        if (open == null) {
            open = withTls().build();
        }
        return open;
    }

    private synchronized OkHttpClient guarded() {
        if (guarded == null) {
            guarded = withTls().socketFactory(new GuardedSockets()).build();
        }
        return guarded;
    }

    /** With connections of its own: a guarded client must not take over one of an open client. */
    private OkHttpClient.Builder withTls() {
        OkHttpClient.Builder builder = plain.newBuilder()
                .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT))
                .connectionPool(pool());
        if (!certificates.isEmpty()) {
            X509TrustManager trust = ExtraTrust.of(certificates);
            SSLContext context = ExtraTrust.context(trust);
            builder.sslSocketFactory(context.getSocketFactory(), trust);
        }
        return builder;
    }

    private ConnectionPool pool() {
        return new ConnectionPool(idleConnections, KEEP_MINUTES, TimeUnit.MINUTES);
    }

    /** A call to be executed once. */
    Call prepare(HttpCall call, Watch watch) {
        Request.Builder request = new Request.Builder().url(address(call));
        request.header("User-Agent", USER_AGENT);
        request.header("Accept-Encoding", "identity");
        RunId.current().ifPresent(id -> request.header("X-Request-Id", id));
        for (HttpCall.Header header : call.headerLines()) {
            request.addHeader(header.name(), header.value());
        }
        request.method(call.method(), body(call, watch));
        return clientFor(call).newCall(request.build());
    }

    /** Servers may name what is an address by its grammar only, such as one with port 99999. */
    private static HttpUrl address(HttpCall call) {
        @Nullable
        HttpUrl address = HttpUrl.parse(call.uri().toString());
        if (address == null) {
            throw Redirects.refused(call, RedactedUri.of(call.uri())
                    + " is no address that can be connected to");
        }
        return address;
    }

    /**
     * OkHttp reads the seconds itself, fails without a name when they are no {@code int}, and repeats the
     * call behind our back when they are none; a date in the past means the same as zero to us only.
     */
    private static Response bounded(Response response) {
        @Nullable
        String seconds = response.header("Retry-After");
        if (seconds == null || !seconds.matches("\\d{10,}|0+")) {
            return response;
        }
        String replaced = seconds.matches("0+") ? PAST : "999999999";
        return response.newBuilder().header("Retry-After", replaced).build();
    }

    private static @Nullable RequestBody body(HttpCall call, Watch watch) {
        if (call.body().isPresent()) {
            return new WatchedBody(call, call.body().get(), watch);
        }
        return HttpMethod.requiresRequestBody(call.method())
                ? RequestBody.create(new byte[0])
                : null;
    }

    private OkHttpClient clientFor(HttpCall call) {
        Origin target = Origin.of(call.uri());
        if (target.sameAuthority(call.namedOrigin()) || allowed.contains(target)) {
            return open(target);
        }
        if (GuardedSockets.isProxied(proxies, call.uri())) {
            GuardedSockets.refuseLiteral(call, target.host());
            return open(target);
        }
        return guarded();
    }

    /** Origins that the user named are few. */
    private OkHttpClient open(Origin target) {
        return named.computeIfAbsent(target, origin -> (origin.isSecure() ? open() : plain)
                .newBuilder()
                .connectionPool(pool())
                .build());
    }

    boolean isAllowed(Origin origin) {
        return allowed.contains(origin);
    }

    @Override
    public synchronized void close() {
        named.values().forEach(Clients::close);
        for (OkHttpClient client : Arrays.asList(plain, open, guarded)) {
            if (client != null) {
                close(client);
            }
        }
    }

    private static void close(OkHttpClient client) {
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }

    private static String version() {
        @Nullable
        String version = Clients.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }

    static IOException refused(String address) {
        return new RefusedException("refused to connect to " + address
                + ": a private or loopback address that a server named; allow its origin if"
                + " that is right");
    }
}
