package dev.chandlery.oci.http;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;

/**
 * Sockets that refuse private, loopback, link-local and other special addresses. The decision is taken on
 * the address that is about to be connected, so spellings such as {@code 127.1} and names that resolve
 * to private addresses are refused too.
 */
final class GuardedSockets extends WideSockets {
    @Override
    public Socket createSocket() {
        return new GuardedSocket();
    }

    private static final class GuardedSocket extends WideSocket {
        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            if (endpoint instanceof InetSocketAddress inet && !inet.isUnresolved()
                    && isPrivate(inet.getAddress())) {
                throw Clients.refused(inet.getAddress().getHostAddress());
            }
            super.connect(endpoint, timeout);
        }
    }

    /** Whether only a proxy's address would be seen. */
    static boolean isProxied(ProxySelector proxies, URI uri) {
        return proxies.select(uri).stream().anyMatch(p -> p.type() != Proxy.Type.DIRECT);
    }

    /** Behind a proxy the text is all that we can judge. */
    static void refuseLiteral(HttpCall call, String host) {
        try {
            if (host.equals("localhost") || host.endsWith(".localhost")
                    || isPrivate(InetAddress.ofLiteral(host))) {
                throw Redirects.refused(call, host + " is a private or loopback address");
            }
        } catch (IllegalArgumentException e) {
            // A name: the proxy resolves it.
        }
    }

    static boolean isPrivate(InetAddress address) {
        return address.isLoopbackAddress() || address.isAnyLocalAddress()
                || address.isLinkLocalAddress() || address.isSiteLocalAddress()
                || address.isMulticastAddress() || isSpecial(address);
    }

    private static boolean isSpecial(InetAddress address) {
        byte[] b = address.getAddress();
        if (address instanceof Inet6Address) {
            // fc00::/7, unique local; 64:ff9b::/96 and 2002::/16 embed IPv4 addresses.
            boolean nat64 = b[0] == 0 && b[1] == 0x64 && (b[2] & 0xff) == 0xff
                    && (b[3] & 0xff) == 0x9b;
            boolean sixToFour = b[0] == 0x20 && b[1] == 0x02;
            return (b[0] & 0xfe) == 0xfc || nat64 || sixToFour;
        }
        // 0.0.0.0/8, 100.64.0.0/10 (carrier NAT), 240.0.0.0/4.
        return b[0] == 0 || (b[0] == 100 && (b[1] & 0xc0) == 64) || (b[0] & 0xf0) == 0xf0;
    }
}
