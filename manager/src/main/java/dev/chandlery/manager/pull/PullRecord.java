package dev.chandlery.manager.pull;

import dev.chandlery.cli.metrics.Metric;
import dev.chandlery.cli.metrics.RunMetrics;
import dev.chandlery.cli.metrics.Sample;
import dev.chandlery.cli.metrics.SampleLog;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.cli.state.Counter;
import dev.chandlery.cli.state.RunStateFile;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.manager.cache.BlobCache;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.ImageManifest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What is written down of one pull, from its start on. */
public final class PullRecord {
    private final long startNanos = System.nanoTime();
    private final Session session;
    private final BlobCache cache;
    private Optional<ImageManifest> manifest = Optional.empty();

    public PullRecord(Session session, BlobCache cache) {
        this.session = session;
        this.cache = cache;
    }

    /** All its files are there. */
    public void done(ImageManifest pulled) {
        manifest = Optional.of(pulled);
    }

    /**
     * Writes it down, when it ended.
     *
     * @param tool or bundle as registry.yaml calls it, or what a user asked for
     * @throws dev.chandlery.oci.StorageException when the cache folder cannot be written
     */
    public void keep(String tool) {
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        ConfigSpec config = session.config();
        boolean known = config.publishing().tools().containsKey(tool) || config.bundles()
                .containsKey(tool);
        measure(known ? tool : "unknown", took);
        Path folder = config.cache().localCacheDir();
        new RunStateFile(folder).add(Map.of(Counter.CACHE_HITS, cache.hits(), Counter.CACHE_MISSES,
                cache.misses()), Optional.empty());
        new SampleLog(folder, config.monitoring().metricsRetentionDays()).add(new Sample.Pull(
                Instant
                        .now(), manifest.isPresent(), took, cache.hits(), cache.misses()));
    }

    private void measure(String tool, Duration took) {
        RunMetrics metrics = session.metrics();
        metrics.record(Metric.PULL, took, tool, manifest.isPresent() ? "done" : "failed");
        metrics.add(Metric.CACHE_REQUESTS, cache.hits(), "hit");
        metrics.add(Metric.CACHE_REQUESTS, cache.misses(), "miss");
        metrics.add(Metric.CACHE_BYTES, cache.hitBytes(), "hit");
        metrics.add(Metric.CACHE_BYTES, cache.missBytes(), "miss");
        manifest.ifPresent(pulled -> compare(tool, pulled, metrics));
    }

    /**
     * Of content whose upstream asset is known: what was received, and what the asset would have been. With all
     * of it in the cache, upstream's asset would have been in such a cache too.
     */
    private void compare(String tool, ImageManifest pulled, RunMetrics metrics) {
        OptionalLong asset = size(pulled.annotations().getOrDefault(Annotations.UPSTREAM_SIZE, ""));
        if (asset.isPresent()) {
            boolean warm = cache.misses() == 0;
            metrics.add(Metric.PULL_SERVED, metrics.http().receivedFromRegistries(), tool, warm
                    ? "warm"
                    : "cold");
            metrics.add(Metric.PULL_EQUIVALENT, warm ? 0 : asset.getAsLong(), tool, "asset");
        }
    }

    private static OptionalLong size(String text) {
        return text.matches("[0-9]{1,15}")
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong
                        .empty();
    }
}
