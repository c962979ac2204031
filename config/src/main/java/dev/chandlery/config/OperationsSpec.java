package dev.chandlery.config;

/** How programs run and are watched: health, cache, logs, and the registry that is served. */
public record OperationsSpec(MonitoringSpec monitoring, CacheSpec cache, LoggingSpec logging,
        ServerSpec registryServer) {}
