package dev.chandlery.registry.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Proxies that are believed who asks. What others say of themselves counts for nothing: of the addresses in
 * {@code X-Forwarded-For}, to which each proxy adds the one that it sees, the last one counts that is no proxy's.
 * Where that header is missing, {@code Forwarded} is read the same way.
 *
 * <p><b>Spec:</b> RFC 7239, section 4 and 5.2. A proxy that writes {@code X-Forwarded-For} passes on what clients
 * say in {@code Forwarded}, so that one never counts beside it.
 */
public record TrustedProxies(List<Network> networks) {
    /** Nobody is believed. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    static final String FORWARDED_FOR = "X-Forwarded-For";
    static final String FORWARDED = "Forwarded";

    private static final String FOR = "for=";

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
     * @param forwardedFor lines of {@code X-Forwarded-For}
     * @param forwarded lines of {@code Forwarded}
     */
    InetAddress client(InetAddress remote, List<String> forwardedFor, List<String> forwarded) {
        return forwardedFor.isEmpty()
                ? client(remote, elements(forwarded).map(TrustedProxies::named).toList())
                : client(remote, elements(forwardedFor).toList());
    }

    private InetAddress client(InetAddress remote, List<String> hops) {
        InetAddress client = remote;
        for (int i = hops.size() - 1; i >= 0 && has(client); i--) {
            Optional<InetAddress> hop = address(hops.get(i));
            if (hop.isEmpty()) {
                break; // whoever wrote that is the last one known
            }
            client = hop.get();
        }
        return client;
    }

    /** Also of quoted text: no address has a comma, and a quote that a client left open must not hide what follows. */
    private static Stream<String> elements(List<String> lines) {
        return Arrays.stream(String.join(",", lines).split(",", -1)).map(String::strip);
    }

    /** Whom an element of {@code Forwarded} says that its proxy saw; empty when it says nothing, or more than one. */
    private static String named(String element) {
        List<String> values = Arrays.stream(element.split(";"))
                .map(String::strip)
                .filter(pair -> pair.regionMatches(true, 0, FOR, 0, FOR.length()))
                .map(pair -> pair.substring(FOR.length()))
                .toList();
        String value = values.size() == 1 ? values.getFirst() : "";
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
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
