package dev.chandlery.oci.copy;

import dev.chandlery.oci.OciException;
import dev.chandlery.oci.TransferException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends a run early that can only fail: when so many requests in a row between the same two registries found no
 * connection, each after all its attempts, those that are left are not even begun.
 *
 * <p><b>Concurrency:</b> safe.
 */
final class Outages {
    private static final int MOST_IN_A_ROW = 8;

    private record Way(Object from, Object to) {}

    private final ConcurrentMap<Way, AtomicInteger> failures = new ConcurrentHashMap<>();

    /** The failure of a request that need not be begun. */
    Optional<OciException> given(CopyRequest request) {
        return count(request).get() < MOST_IN_A_ROW
                ? Optional.empty()
                : Optional.of(new TransferException("cannot copy " + request
                        + ": not tried, as " + MOST_IN_A_ROW
                        + " before it failed in a row because there is no connection", null, true));
    }

    void failed(CopyRequest request, OciException failure) {
        if (failure instanceof TransferException) {
            count(request).incrementAndGet();
        }
    }

    void succeeded(CopyRequest request) {
        count(request).set(0);
    }

    private AtomicInteger count(CopyRequest request) {
        return failures.computeIfAbsent(new Way(Endpoint.registryOf(request.source()), Endpoint
                .registryOf(request.target())), _ -> new AtomicInteger());
    }
}
