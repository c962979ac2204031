package dev.chandlery.config;

/** How programs run and are watched: health, cache, logs. */
public record OperationsSpec(MonitoringSpec monitoring, CacheSpec cache, LoggingSpec logging) {}
