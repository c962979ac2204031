package dev.chandlery.registry.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Proxies that are believed who asks. What others say of themselves counts for nothing: of the addresses in
 * {@code X-Forwarded-For}, to which each proxy adds the one that it sees, the last one counts that is no proxy's.
 */
public record TrustedProxies(List<Network> networks) {
    /** Nobody is believed. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    static final String FORWARDED_FOR = "X-Forwarded-For";

    /**
     * Addresses that begin with the same bits.
     *
     * @param address any of them
     * @param bits how many of its bits count
     */
    public record Network(InetAddress address, int bits) {
        /**
         * Reads {@code 10.0.0.0/8}, or an address alone.
         *
         * @throws IllegalArgumentException when it is neither
         */
        public static Network parse(String text) {
            String[] parts = text.split("/", 2);
            InetAddress address = InetAddress.ofLiteral(parts[0]);
            int most = address.getAddress().length * Byte.SIZE;
            int bits = parts.length == 1 ? most : Integer.parseInt(parts[1]);
            if (bits < 0 || bits > most) {
                throw new IllegalArgumentException("expected 0 to " + most + " bits, got " + bits);
            }
            return new Network(address, bits);
        }

        boolean has(InetAddress other) {
            byte[] mine = address.getAddress();
            byte[] its = other.getAddress();
            if (mine.length != its.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % Byte.SIZE;
                if (((mine[bit / Byte.SIZE] ^ its[bit / Byte.SIZE]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    public TrustedProxies {
        networks = List.copyOf(networks);
    }

    /** What these texts name. */
    public static TrustedProxies parse(List<String> texts) {
        return new TrustedProxies(texts.stream().map(Network::parse).toList());
    }

    boolean has(InetAddress address) {
        return networks.stream().anyMatch(network -> network.has(address));
    }

    /**
     * Who asks.
     *
     * @param remote at the other end of the connection
     * @param forwarded lines of {@code X-Forwarded-For}
     */
    InetAddress client(InetAddress remote, List<String> forwarded) {
        InetAddress client = remote;
        String[] hops = String.join(",", forwarded).split(",", -1);
        for (int i = hops.length - 1; i >= 0 && has(client); i--) {
            Optional<InetAddress> hop = address(hops[i].strip());
            if (hop.isEmpty()) {
                break; // whoever wrote that is the last one known
            }
            client = hop.get();
        }
        return client;
    }

    /** Some proxies add the port. */
    private static Optional<InetAddress> address(String text) {
        String bare = text;
        int end = text.indexOf(']');
        if (text.startsWith("[") && end > 0) {
            bare = text.substring(1, end);
        } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            bare = text.substring(0, text.indexOf(':'));
        }
        try {
            return Optional.of(InetAddress.ofLiteral(bare));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
