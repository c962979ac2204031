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
        return List.of(
                ratio("manifest GET by digest, times distribution's rate", "manifest-digest-64",
                        ours, DISTRIBUTION, Measure.RATE, 15, true),
                ratio("manifest GET by digest, part of nginx's rate", "manifest-digest-64", ours,
                        NGINX, Measure.RATE, 0.25, true),
                ratio("manifest GET by tag at 512 connections, times distribution's rate",
                        "manifest-tag-512", ours, DISTRIBUTION, Measure.RATE, 15, true),
                ratio("blob GET, part of nginx's throughput", "blob-get", ours, NGINX,
                        Measure.MEGABYTES, 0.9, true),
                ratio("blob GET, part of distribution's CPU per GB", "blob-get", ours,
                        DISTRIBUTION, Measure.CPU_PER_GIGABYTE, 0.45, false),
                ratio("blob PUT, synced, times distribution's throughput, unsynced", "blob-put",
                        ours, DISTRIBUTION, Measure.MEGABYTES, 1, true),
                ratio("small pushes, times distribution's rate", "small-push", ours, DISTRIBUTION,
                        Measure.RATE, 3, true),
                most("10,000 tags, ms", "tags", ours, Measure.MEDIAN, 20),
                most("1,000 referrers, ms", "referrers", ours, Measure.MEDIAN, 20),
                most("first answer after the start, ms", StartUps.NAME, ours, Measure.MEDIAN, 800),
                new Goal("most resident memory under any load, MiB", r -> r.byLoad()
                        .values()
                        .stream()
                        .mapToDouble(l -> l.median(ours, Measure.PEAK))
                        .max()
                        .orElse(0), 350, false));
    }

    private static Goal ratio(String what, String load, String ours, String peer, Measure measure,
            double bound, boolean atLeast) {
        return new Goal(what, r -> {
            double theirs = r.median(load, peer, measure);
            return theirs == 0 ? 0 : r.median(load, ours, measure) / theirs;
        }, bound, atLeast);
    }

    private static Goal most(String what, String load, String ours, Measure measure,
            double bound) {
        return new Goal(what, r -> r.median(load, ours, measure), bound, false);
    }

    boolean reached(double reached) {
        return atLeast ? reached >= bound : reached <= bound;
    }

    String limit() {
        return (atLeast ? ">= " : "<= ") + String.format(Locale.ROOT, "%.4g", bound)
                .replaceFirst("\\.?0+$", "");
    }
}
