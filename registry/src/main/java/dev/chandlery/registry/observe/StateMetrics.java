package dev.chandlery.registry.observe;

import dev.chandlery.registry.cache.CacheCount;
import dev.chandlery.registry.collect.CollectionReport;
import dev.chandlery.registry.metadata.Holdings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What a registry holds, remembers and collects. */
public final class StateMetrics {
    private final MeterRegistry meters;
    /** Meters hold what they ask by weak references only: it would be forgotten, and they with it. */
    private final List<Object> asked = new CopyOnWriteArrayList<>();

    public StateMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** How a cache does. */
    public void cache(String name, Supplier<CacheCount> count) {
        asked.add(count);
        cacheCounter(name, "hits", count, CacheCount::hits);
        cacheCounter(name, "misses", count, CacheCount::misses);
        Gauge.builder("chandlery.registry.cache.entries", count, c -> c.get().entries())
                .description("Entries that a cache holds")
                .tag("cache", name)
                .register(meters);
    }

    private void cacheCounter(String name, String what, Supplier<CacheCount> count,
            ToDoubleFunction<CacheCount> value) {
        FunctionCounter.builder("chandlery.registry.cache." + what, count, c -> value
                .applyAsDouble(c.get()))
                .description("Questions that a cache could or could not answer")
                .tag("cache", name)
                .register(meters);
    }

    /** What is stored; asked of the database when somebody looks. */
    public void holdings(Supplier<Holdings> holdings) {
        asked.add(holdings);
        holding("repositories", holdings, Holdings::repositories);
        holding("manifests", holdings, Holdings::manifests);
        holding("blobs", holdings, Holdings::blobs);
        holding("tags", holdings, Holdings::tags);
        holding("uploads", holdings, Holdings::uploads);
        Gauge.builder("chandlery.registry.stored", holdings, h -> h.get().bytes())
                .baseUnit("bytes")
                .description("Bytes of blobs and manifests, each counted once")
                .register(meters);
    }

    private void holding(String name, Supplier<Holdings> holdings,
            ToDoubleFunction<Holdings> value) {
        Gauge.builder("chandlery.registry." + name, holdings, h -> value.applyAsDouble(h.get()))
                .description("What the registry holds")
                .register(meters);
    }

    /** How many uploads are being received. */
    public void uploads(IntSupplier running) {
        asked.add(running);
        Gauge.builder("chandlery.registry.uploads.running", running, IntSupplier::getAsInt)
                .description("Blobs that are being received now")
                .register(meters);
    }

    /** What collections take away. */
    public void collected(CollectionReport report) {
        collected("versions", report.versions().count());
        collected("uploads", report.uploads().count());
        collected("manifests", report.manifests().count());
        collected("blobs", report.blobs().count());
        collected("content", report.content().count());
        Counter.builder("chandlery.registry.collected")
                .baseUnit("bytes")
                .description("Bytes of stored content that collections took away")
                .register(meters)
                .increment((double) report.content().bytes());
        Counter.builder("chandlery.registry.collections")
                .description("Collections that ran to their end")
                .register(meters)
                .increment();
    }

    private void collected(String what, long count) {
        Counter.builder("chandlery.registry.collected.items")
                .description("What collections took away")
                .tag("kind", what)
                .register(meters)
                .increment((double) count);
    }
}
