package dev.chandlery.oci.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Proxies as {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} name them, in upper or lower
 * case. Loopback is always reached directly. Without such variables the JVM's own settings count.
 */
final class EnvironmentProxies extends ProxySelector {
    private static final int DEFAULT_PORT = 8080;

    private final Map<String, String> environment;

    private EnvironmentProxies(Map<String, String> environment) {
        this.environment = environment;
    }

    static ProxySelector of(Map<String, String> environment) {
        EnvironmentProxies own = new EnvironmentProxies(environment);
        boolean any = own.value("HTTPS_PROXY").isPresent() || own.value("HTTP_PROXY").isPresent();
        ProxySelector standard = ProxySelector.getDefault();
        return any || standard == null ? own : standard;
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        String variable = "https".equalsIgnoreCase(uri.getScheme()) ? "HTTPS_PROXY" : "HTTP_PROXY";
        Optional<String> proxy = value(variable);
        if (proxy.isEmpty() || isLoopback(host) || isExcepted(host)) {
            return List.of(Proxy.NO_PROXY);
        }
        String text = proxy.get();
        URI at = URI.create(text.contains("://") ? text : "http://" + text);
        int port = at.getPort() == -1 ? DEFAULT_PORT : at.getPort();
        return List.of(new Proxy(Proxy.Type.HTTP,
                InetSocketAddress.createUnresolved(at.getHost(), port)));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // There is no other proxy to choose.
    }

    private Optional<String> value(String name) {
        String upper = environment.getOrDefault(name, "");
        String found = upper.isEmpty()
                ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "")
                : upper;
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }

    private boolean isExcepted(String host) {
        for (String entry : value("NO_PROXY").orElse("").toLowerCase(Locale.ROOT).split(",", -1)) {
            String suffix = entry.strip().replaceFirst("^\\*?\\.", "");
            if (suffix.equals("*")
                    || (!suffix.isEmpty()
                            && (host.equals(suffix) || host.endsWith("." + suffix)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.endsWith(".localhost") || host.equals("[::1]")
                || host.matches("127(\\.\\d+){3}");
    }
}
