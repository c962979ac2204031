package dev.chandlery.registry.http;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/** Which requests go on at which connections; HTTP/2 has several at a time. Thread-safe. */
final class ConnectionUse {
    /** Of one connection. */
    static final class Use {
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicLong begun = new AtomicLong();

        void begin() {
            begun.incrementAndGet();
            running.incrementAndGet();
        }

        void end() {
            running.decrementAndGet();
        }

        boolean isBusy() {
            return running.get() > 0;
        }

        /** Requests so far. */
        long begun() {
            return begun.get();
        }
    }

    private final ConcurrentHashMap<EndPoint, Use> uses = new ConcurrentHashMap<>();

    /** The use of the connection that the request came by, counted from now on. */
    Use begin(Request request) {
        EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
        while (connection instanceof EndPoint.Wrapper wrapper) { // of TLS
            connection = wrapper.unwrap();
        }
        Use use = of(connection);
        use.begin();
        return use;
    }

    Use of(EndPoint connection) {
        Use known = uses.get(connection);
        return known == null ? uses.computeIfAbsent(connection, _ -> new Use()) : known;
    }

    /** Forgets all other connections: they are closed. */
    void keepOnly(Collection<EndPoint> open) {
        uses.keySet().retainAll(open);
    }
}
