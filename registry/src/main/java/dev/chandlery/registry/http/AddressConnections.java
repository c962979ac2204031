package dev.chandlery.registry.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * Ends connections at once of an address that has too many: nobody shall take them all. There is no answer, as
 * nothing was asked yet.
 *
 * <p><b>Concurrency:</b> a short section without I/O keeps count.
 */
final class AddressConnections extends AbstractLifeCycle implements SelectorManager.AcceptListener {
    private static final System.Logger LOG = System.getLogger(AddressConnections.class.getName());
    private static final int IPV6_BYTES = 16;
    private static final int NETWORK_BYTES = 8;

    private final int most;
    private final Predicate<InetAddress> exempt;
    private final Map<SelectableChannel, String> open = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /**
     * Lets an address have so many.
     *
     * @param most 0 for any number
     * @param exempt who may have any number all the same
     */
    AddressConnections(int most, Predicate<InetAddress> exempt) {
        this.most = most;
        this.exempt = exempt;
    }

    @Override
    public void onAccepting(SelectableChannel channel) {
        Optional<String> place = most == 0 ? Optional.empty() : place(channel);
        if (place.isEmpty() || admit(channel, place.get())) {
            return;
        }
        LOG.log(System.Logger.Level.DEBUG, "more than {0} connections from {1}", most, place.get());
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "cannot close connection", e);
        }
    }

    private boolean admit(SelectableChannel channel, String place) {
        synchronized (open) {
            int count = counts.getOrDefault(place, 0);
            if (count >= most) {
                return false;
            }
            counts.put(place, count + 1);
            open.put(channel, place);
            return true;
        }
    }

    private Optional<String> place(SelectableChannel channel) {
        try {
            return channel instanceof SocketChannel socket && socket
                    .getRemoteAddress() instanceof InetSocketAddress remote && !exempt.test(remote
                            .getAddress())
                                    ? Optional.of(place(remote.getAddress()))
                                    : Optional
                                            .empty();
        } catch (IOException _) {
            return Optional.empty(); // it went away
        }
    }

    /** One customer has a whole /64 of IPv6 addresses. */
    private static String place(InetAddress address) {
        byte[] bytes = address.getAddress();
        return java.util.HexFormat.of()
                .formatHex(bytes, 0, bytes.length == IPV6_BYTES ? NETWORK_BYTES : bytes.length);
    }

    @Override
    public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
        onClosed(channel);
    }

    @Override
    public void onClosed(SelectableChannel channel) {
        synchronized (open) {
            String place = open.remove(channel);
            if (place != null) {
                counts.computeIfPresent(place, (_, count) -> count == 1
                        ? null
                        : Integer.valueOf(count - 1));
            }
        }
    }
}
