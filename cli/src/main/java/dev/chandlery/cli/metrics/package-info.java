/**
 * What is measured, under which names, and how it gets out: one catalogue of metrics ({@link
 * dev.chandlery.cli.metrics.Metric}), one way to record them ({@link dev.chandlery.cli.metrics.Metrics}), and
 * the ways out: an endpoint that Prometheus reads, a text file, a push gateway, OTLP. A command without any of
 * them loads nothing of Micrometer.
 */
@NullMarked
package dev.chandlery.cli.metrics;

import org.jspecify.annotations.NullMarked;
