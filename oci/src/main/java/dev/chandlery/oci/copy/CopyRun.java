package dev.chandlery.oci.copy;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.concurrent.Flights;
import dev.chandlery.oci.concurrent.KeyedLocks;
import dev.chandlery.oci.content.Pushed;
import dev.chandlery.oci.content.Source;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What all copies of a run share. */
final class CopyRun {

    /**
     * Content that is on its way.
     *
     * @param place a store, or a registry where any of its repositories will do
     */
    record Flight(Object place, Digest digest) {}

    /**
     * How one attempt at a blob went. That a repository refuses it says nothing about another one.
     *
     * @param store that it was for
     */
    sealed interface Attempt {
        record Placed(Object store, Pushed pushed) implements Attempt {}

        record Failed(Object store, OciException failure) implements Attempt {}
    }

    private final CopyOptions options;
    private final CopyListener listener;
    private final KnownBlobs known = new KnownBlobs();
    private final ByteBudget budget;
    private final Flights<Flight, Attempt> blobs = new Flights<>();
    private final Flights<Flight, Boolean> manifests = new Flights<>();
    private final KeyedLocks<Flight> pushes = new KeyedLocks<>();
    private final ConcurrentMap<Object, Permits> permits = new ConcurrentHashMap<>();
    private final ConcurrentMap<Object, Route> routes = new ConcurrentHashMap<>();

    CopyRun(CopyOptions options, CopyListener listener) {
        this.options = options;
        this.listener = listener;
        this.budget = new ByteBudget(options.memoryBytes());
    }

    CopyOptions options() {
        return options;
    }

    void tell(CopyEvent event) {
        listener.on(event);
    }

    CopyListener listener() {
        return listener;
    }

    KnownBlobs known() {
        return known;
    }

    ByteBudget budget() {
        return budget;
    }

    Flights<Flight, Attempt> blobs() {
        return blobs;
    }

    Flights<Flight, Boolean> manifests() {
        return manifests;
    }

    /**
     * Held while a manifest is sent. A root is not in {@link #manifests()}, as each request sends it under
     * tags of its own, but registries dislike two requests at once for one manifest as much.
     */
    KeyedLocks.Held pushing(Flight manifest) {
        return pushes.acquire(manifest);
    }

    private record Way(Object from, Object to) {}

    Route route(CopyRequest request) {
        Way way = new Way(Endpoint.storeOf(request.source()), Endpoint.storeOf(request.target()));
        return routes.computeIfAbsent(way, _ -> new Route(this, request.source(), endpoint(request
                .source()), request.target(), endpoint(request.target())));
    }

    private Endpoint endpoint(Source store) {
        Object registry = Endpoint.registryOf(store);
        Permits shared = permits.computeIfAbsent(registry, _ -> new Permits(options.jobs(),
                store::throttles));
        return new Endpoint(registry, Endpoint.storeOf(store), store.location()
                .map(place -> place.repository()), shared);
    }
}
