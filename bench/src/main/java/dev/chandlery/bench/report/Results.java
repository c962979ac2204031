package dev.chandlery.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All samples of a run, by load and server, both in the order in which they came. Not thread-safe. */
public final class Results {
    private final Map<String, LoadResults> byLoad = new LinkedHashMap<>();

    /** What was measured under one load. */
    record LoadResults(String what, Map<String, List<Sample>> byPeer) {
        double median(String peer, Measure measure) {
            return measure.median(byPeer.getOrDefault(peer, List.of()));
        }
    }

    public void add(String load, String what, String peer, Sample sample) {
        byLoad.computeIfAbsent(load, _ -> new LoadResults(what, new LinkedHashMap<>()))
                .byPeer()
                .computeIfAbsent(peer, _ -> new ArrayList<>())
                .add(sample);
    }

    Map<String, LoadResults> byLoad() {
        return byLoad;
    }

    /** The median, 0 when there is none. */
    double median(String load, String peer, Measure measure) {
        LoadResults results = byLoad.get(load);
        return results == null ? 0 : results.median(peer, measure);
    }
}
