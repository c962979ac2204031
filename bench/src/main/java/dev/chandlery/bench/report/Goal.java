package dev.chandlery.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What a server is to reach.
 *
 * @param what in words, with the bound
 * @param value from the results; 0 when what it needs was not measured
 * @param atLeast whether the bound is the least that is good, or the most
 */
public record Goal(String what, ToDoubleFunction<Results> value, double bound, boolean atLeast) {
    private static final String NGINX = "nginx";
    private static final String DISTRIBUTION = "distribution";

    /** What the project's registry is to reach, as a server of that name. */
    public static List<Goal> ofRegistry(String ours) {
        Measured digests = new Measured("manifest-digest-64", Measure.RATE, ours);
        Measured tags = new Measured("manifest-tag-512", Measure.RATE, ours);
        Measured got = new Measured("blob-get", Measure.MEGABYTES, ours);
        Measured gotCpu = new Measured("blob-get", Measure.CPU_PER_GIGABYTE, ours);
        Measured put = new Measured("blob-put", Measure.MEGABYTES, ours);
        Measured small = new Measured("small-push", Measure.RATE, ours);
        return List.of(
                atLeast(15, "manifest GET by digest, times distribution's rate", digests.of(
                        DISTRIBUTION)),
                atLeast(0.25, "manifest GET by digest, part of nginx's rate", digests.of(NGINX)),
                atLeast(15, "manifest GET by tag at 512 connections, times distribution's rate",
                        tags.of(DISTRIBUTION)),
                atLeast(0.9, "blob GET, part of nginx's throughput", got.of(NGINX)),
                atMost(0.45, "blob GET, part of distribution's CPU per GB", gotCpu.of(
                        DISTRIBUTION)),
                atLeast(1, "blob PUT, synced, times distribution's throughput, unsynced", put.of(
                        DISTRIBUTION)),
                atLeast(3, "small pushes, times distribution's rate", small.of(DISTRIBUTION)),
                atMost(20, "10,000 tags, ms", new Measured("tags", Measure.MEDIAN, ours)),
                atMost(20, "1,000 referrers, ms", new Measured("referrers", Measure.MEDIAN, ours)),
                atMost(800, "first answer after the start, ms", new Measured(StartUps.NAME,
                        Measure.MEDIAN, ours)),
                atMost(350, "most resident memory under any load, MiB", r -> r.byLoad()
                        .values()
                        .stream()
                        .mapToDouble(l -> l.median(ours, Measure.PEAK))
                        .max()
                        .orElse(0)));
    }

    private static Goal atLeast(double bound, String what, ToDoubleFunction<Results> value) {
        return new Goal(what, value, bound, true);
    }

    private static Goal atMost(double bound, String what, ToDoubleFunction<Results> value) {
        return new Goal(what, value, bound, false);
    }

    /** A server's median under a load. */
    private record Measured(String load, Measure measure, String server)
            implements
            ToDoubleFunction<Results> {
        @Override
        public double applyAsDouble(Results results) {
            return results.median(load, server, measure);
        }

        /** As a part of another server's. */
        ToDoubleFunction<Results> of(String peer) {
            Measured theirs = new Measured(load, measure, peer);
            return results -> {
                double base = theirs.applyAsDouble(results);
                return base == 0 ? 0 : applyAsDouble(results) / base;
            };
        }
    }

    boolean reached(double reached) {
        return atLeast ? reached >= bound : reached <= bound;
    }

    String limit() {
        return (atLeast ? ">= " : "<= ") + String.format(Locale.ROOT, "%.4g", bound)
                .replaceFirst("\\.?0+$", "");
    }
}
