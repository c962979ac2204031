package dev.chandlery.config.operation;

import java.time.Duration;

/**
 * Health checks and their targets.
 *
 * @param healthCheckInterval between two checks of a service
 * @param metricsRetentionDays days that metrics are kept
 * @param alertOnFailure whether failed runs alert
 * @param targets that a health check compares with
 * @param metrics where measurements go
 */
public record MonitoringSpec(Duration healthCheckInterval, int metricsRetentionDays,
        boolean alertOnFailure, PerformanceTargets targets, MetricsSpec metrics) {}
