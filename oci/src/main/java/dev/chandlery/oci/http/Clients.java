package dev.chandlery.oci.http;

import java.io.IOException;
import java.net.ProxySelector;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.internal.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * The two HTTP clients: one goes to whatever address, for what the user named; one refuses to connect to
 * private addresses, for what a server named.
 */
final class Clients implements AutoCloseable {
    private static final String USER_AGENT = "chandlery/" + version();

    private final OkHttpClient open;
    private final OkHttpClient guarded;
    private final Set<Origin> allowed;
    private final ProxySelector proxies;

    Clients(TransportOptions options) {
        this.allowed = options.allowedOrigins();
        this.proxies = EnvironmentProxies.of(options.environment());
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .followRedirects(false)
                .followSslRedirects(false)
                .proxySelector(proxies)
                .protocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1))
                .connectTimeout(options.timeouts().connect())
                .readTimeout(options.timeouts().idle())
                .writeTimeout(options.timeouts().idle())
                .callTimeout(Duration.ZERO)
                .addNetworkInterceptor(chain -> bounded(chain.proceed(chain.request())));
        if (!options.extraCertificates().isEmpty()) {
            X509TrustManager trust = ExtraTrust.of(options.extraCertificates());
            SSLContext context = ExtraTrust.context(trust);
            builder.sslSocketFactory(context.getSocketFactory(), trust);
        }
        this.open = builder.build();
        this.guarded = builder.socketFactory(new GuardedSockets())
                .connectionPool(new okhttp3.ConnectionPool())
                .build();
    }

    /** A call to be executed once. */
    Call prepare(HttpCall call, Watch watch) {
        Request.Builder request = new Request.Builder().url(address(call));
        request.header("User-Agent", USER_AGENT);
        request.header("Accept-Encoding", "identity");
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

    /** OkHttp reads the seconds itself, and fails without a name when they are no {@code int}. */
    private static Response bounded(Response response) {
        @Nullable
        String seconds = response.header("Retry-After");
        return seconds != null && seconds.matches("\\d{10,}")
                ? response.newBuilder().header("Retry-After", "999999999").build()
                : response;
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
            return open;
        }
        if (GuardedSockets.isProxied(proxies, call.uri())) {
            GuardedSockets.refuseLiteral(call, target.host());
            return open;
        }
        return guarded;
    }

    boolean isAllowed(Origin origin) {
        return allowed.contains(origin);
    }

    @Override
    public void close() {
        for (OkHttpClient client : List.of(open, guarded)) {
            client.connectionPool().evictAll();
            client.dispatcher().executorService().shutdown();
        }
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
