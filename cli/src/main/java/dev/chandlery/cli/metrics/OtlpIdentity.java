package dev.chandlery.cli.metrics;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Who sends figures to a collector, by OpenTelemetry's own environment variables: {@code OTEL_SERVICE_NAME} and
 * {@code OTEL_RESOURCE_ATTRIBUTES} before what we know ourselves, and {@code OTEL_EXPORTER_OTLP_HEADERS} (or
 * {@code OTEL_EXPORTER_OTLP_METRICS_HEADERS}), which may be secrets.
 *
 * @param resource such as {@code service.name}
 * @param headers of each request
 */
record OtlpIdentity(SortedMap<String, String> resource, SortedMap<String, String> headers) {
    private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
    private static final String METRICS_HEADERS = "OTEL_EXPORTER_OTLP_METRICS_HEADERS";
    private static final String ATTRIBUTES = "OTEL_RESOURCE_ATTRIBUTES";
    private static final String NAME = "OTEL_SERVICE_NAME";
    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

    OtlpIdentity {
        resource = new TreeMap<>(resource);
        headers = new TreeMap<>(headers);
    }

    /**
     * Reads the environment.
     *
     * @param known what we say ourselves
     * @param warn takes what cannot be used; never its value
     */
    static OtlpIdentity of(Map<String, String> known, Map<String, String> environment,
            Consumer<String> warn) {
        SortedMap<String, String> resource = new TreeMap<>(known);
        resource.putAll(pairs(ATTRIBUTES, environment, warn));
        String name = environment.getOrDefault(NAME, "");
        if (!name.isBlank()) {
            resource.put("service.name", name);
        }
        SortedMap<String, String> headers = pairs(HEADERS, environment, warn);
        headers.putAll(pairs(METRICS_HEADERS, environment, warn));
        headers.entrySet().removeIf(header -> {
            boolean wrong = !header.getKey().matches(TOKEN) || !header.getValue()
                    .chars()
                    .allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f));
            if (wrong) {
                warn.accept("cannot send a header of " + HEADERS
                        + ": its name or value has characters that headers cannot have");
            }
            return wrong;
        });
        return new OtlpIdentity(resource, headers);
    }

    /** {@code a=b,c=d}, values with percent signs as in addresses. */
    private static SortedMap<String, String> pairs(String variable,
            Map<String, String> environment, Consumer<String> warn) {
        SortedMap<String, String> pairs = new TreeMap<>();
        for (String pair : environment.getOrDefault(variable, "").split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(pair.substring(0, equals).strip(), decoded(pair.substring(equals + 1)
                        .strip()));
            } else if (!pair.isBlank()) {
                warn.accept("cannot use a part of " + variable
                        + ": expected NAME=VALUE, separated by commas");
            }
        }
        return pairs;
    }

    private static String decoded(String value) {
        try {
            // A plus sign stands for itself here.
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return value; // a percent sign that stands for itself
        }
    }

    /** Nothing of the headers. */
    @Override
    public String toString() {
        return resource.toString();
    }
}
