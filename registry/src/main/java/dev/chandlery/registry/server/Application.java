package dev.chandlery.registry.server;

import dev.chandlery.registry.cache.CachedMetadata;
import dev.chandlery.registry.cache.ManifestContent;
import dev.chandlery.registry.collect.UsedBlobs;
import dev.chandlery.registry.endpoint.GetHealth;
import dev.chandlery.registry.endpoint.GetMetrics;
import dev.chandlery.registry.hook.Hooks;
import dev.chandlery.registry.hook.RegistryHook;
import dev.chandlery.registry.http.HttpHandler;
import dev.chandlery.registry.limit.QuotaHook;
import dev.chandlery.registry.limit.RateLimits;
import dev.chandlery.registry.limit.UploadSlots;
import dev.chandlery.registry.observe.Metrics;
import dev.chandlery.registry.route.RequestObserver;
import dev.chandlery.registry.route.RouteTable;
import dev.chandlery.registry.route.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What answers requests: storage with everything around it.
 *
 * @param backend where content is
 * @param options how it is served
 * @param metrics when they are kept
 */
record Application(Backend backend, ServerOptions options,
        Optional<Metrics> metrics) implements AutoCloseable {

    static Application of(Backend backend, ServerOptions options) {
        return new Application(backend, options, options.insight().metrics()
                ? Optional.of(new Metrics())
                : Optional.empty());
    }

    /** All of it behind one handler. */
    HttpHandler handler(String instance) {
        AccessControl access = AccessControl.of(options.access(), backend.metadata(), options
                .clock());
        ManifestContent content = new ManifestContent(backend.storage());
        UploadSlots slots = new UploadSlots(options.policies().concurrentUploads());
        Routes routes = new Routes(backend.metadata(), new UsedBlobs(backend.metadata().blobs(),
                options.clock(), options.policies().collection().touchAfter()), backend.storage(),
                content, access);
        RouteTable table = routes.all(new Routes.Writing(backend.sessions(), slots, new Hooks(
                hooks()), options.clock()), instance);
        Readiness readiness = new Readiness(backend.metadata(), backend.storage());
        table.withSite("/healthz", "GET", new GetHealth(Set::of))
                .withSite("/readyz", "GET", new GetHealth(readiness::failing));
        List<RequestObserver> observers = new ArrayList<>(options.insight().observers());
        metrics.ifPresent(kept -> {
            measure(kept, content, slots);
            observers.add(kept.requests());
            table.withSite("/metrics", "GET", new GetMetrics(access.authorizer(), kept::scrape));
        });
        backend.maintenance()
                .whenRemoved(what -> observers.forEach(observer -> observer.removed(what)));
        return new Router(table, routes.hidden(instance), new Router.Gatekeeper(access
                .authorizer(), RateLimits.of(options.policies().rates())), RequestObserver.all(
                        observers));
    }

    private List<RegistryHook> hooks() {
        List<RegistryHook> hooks = new ArrayList<>();
        if (!options.policies().quotas().isEmpty()) {
            hooks.add(new QuotaHook(options.policies().quotas(), backend.metadata(), backend
                    .sessions()
                    .staged()));
        }
        hooks.addAll(options.policies().hooks());
        return hooks;
    }

    private void measure(Metrics kept, ManifestContent content, UploadSlots slots) {
        kept.state().cache("manifest-content", content::count);
        if (backend.metadata() instanceof CachedMetadata cached) {
            kept.state().cache("manifests", cached::manifestCount);
        }
        kept.holdings(backend.metadata().upkeep()::holdings);
        kept.state().uploads(slots::taken);
        backend.maintenance().whenCollected(kept.state()::collected);
    }

    @Override
    public void close() {
        try (backend) {
            metrics.ifPresent(Metrics::close);
        }
    }
}
