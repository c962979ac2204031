package dev.chandlery.bench.copy.server;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests that registries were asked.
 *
 * @param byKind how many by method, endpoint and status, such as {@code GET manifest 200}
 * @param answered bytes of bodies that were sent back
 */
public record Requests(SortedMap<String, Long> byKind, long answered) {
    private static final Pattern OUR_COUNT = Pattern.compile(
            "chandlery_registry_requests_seconds_count\\{method=\"(\\w+)\",route=\"([\\w-]+)\",status=\"(\\d+)\"} (\\S+)");
    private static final Pattern OUR_BYTES = Pattern.compile(
            "chandlery_registry_bodies_bytes_total\\{direction=\"sent\"} (\\S+)");
    private static final Pattern COUNT = Pattern.compile(
            "registry_http_requests_total\\{code=\"(\\d+)\",handler=\"(\\w+)\",method=\"(\\w+)\"} (\\S+)");
    private static final Pattern BYTES = Pattern.compile(
            "registry_http_response_size_bytes_sum\\{handler=\"\\w+\"} (\\S+)");
    private static final Set<String> ABOUT_ITSELF = Set.of("metrics", "health", "ready");
    public static final Requests NONE = new Requests(new TreeMap<>(), 0);

    public Requests {
        byKind = new TreeMap<>(byKind);
    }

    /** From what our registry tells Prometheus, but for what is asked about itself. */
    static Requests ofChandlery(String text) {
        SortedMap<String, Long> kinds = new TreeMap<>();
        for (Matcher m = OUR_COUNT.matcher(text); m.find();) {
            if (!ABOUT_ITSELF.contains(m.group(2))) {
                kinds.merge(m.group(1) + " " + m.group(2) + " " + m.group(3), (long) Double
                        .parseDouble(m.group(4)), Long::sum);
            }
        }
        Matcher bytes = OUR_BYTES.matcher(text);
        return new Requests(kinds, bytes.find() ? (long) Double.parseDouble(bytes.group(1)) : 0);
    }

    /** From what the distribution project's registry tells Prometheus. */
    static Requests ofDistribution(String text) {
        SortedMap<String, Long> kinds = new TreeMap<>();
        for (Matcher m = COUNT.matcher(text); m.find();) {
            kinds.merge(m.group(3).toUpperCase(Locale.ROOT) + " " + m.group(2) + " " + m.group(
                    1), (long) Double.parseDouble(m.group(4)), Long::sum);
        }
        double bytes = 0;
        for (Matcher m = BYTES.matcher(text); m.find();) {
            bytes += Double.parseDouble(m.group(1));
        }
        return new Requests(kinds, (long) bytes);
    }

    public long count() {
        return byKind.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What came since then. */
    public Requests since(Requests before) {
        SortedMap<String, Long> kinds = new TreeMap<>();
        byKind.forEach((kind, count) -> {
            long more = count - before.byKind.getOrDefault(kind, 0L);
            if (more != 0) {
                kinds.put(kind, more);
            }
        });
        return new Requests(kinds, answered - before.answered);
    }

    /** The same with a word before each kind. */
    public Requests at(String place) {
        SortedMap<String, Long> kinds = new TreeMap<>();
        byKind.forEach((kind, count) -> kinds.put(place + " " + kind, count));
        return new Requests(kinds, answered);
    }

    /** Those of several registries. */
    public static Requests sum(Collection<Requests> all) {
        SortedMap<String, Long> kinds = new TreeMap<>();
        long bytes = 0;
        for (Requests each : all) {
            each.byKind.forEach((kind, count) -> kinds.merge(kind, count, Long::sum));
            bytes += each.answered;
        }
        return new Requests(kinds, bytes);
    }

}
