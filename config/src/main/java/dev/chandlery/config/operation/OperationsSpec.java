package dev.chandlery.config.operation;

import dev.chandlery.config.server.ServerSpec;

/**
 * How programs run and are watched.
 *
 * @param monitoring health checks
 * @param cache of downloads
 * @param logging what programs log
 * @param registryServer the registry that is served
 * @param service what runs by itself
 */
public record OperationsSpec(MonitoringSpec monitoring, CacheSpec cache, LoggingSpec logging,
        ServerSpec registryServer, Service service) {

    /**
     * What runs by itself.
     *
     * @param scheduler its jobs
     * @param alerts who is told of failures
     */
    public record Service(SchedulerSpec scheduler, AlertsSpec alerts) {}
}
