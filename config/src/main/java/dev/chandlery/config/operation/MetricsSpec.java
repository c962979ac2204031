package dev.chandlery.config.operation;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where measurements of commands and services go.
 *
 * @param textfile rewritten at the end of each command, for a collector that reads files
 * @param pushgateway where each command pushes its sums
 * @param otlp endpoint of a collector for OpenTelemetry metrics, its path included
 */
public record MetricsSpec(Optional<Path> textfile, Optional<URI> pushgateway,
        Optional<URI> otlp) {
    /** Nowhere. */
    public static final MetricsSpec NONE = new MetricsSpec(Optional.empty(), Optional.empty(),
            Optional.empty());
}
