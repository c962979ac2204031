package dev.chandlery.registry.metadata;

import java.time.Instant;

/** Who of the processes that share storage looks after it. */
public interface MaintenanceLeases {

    /**
     * Takes work on, or goes on with it, unless another process has it now; whether it may.
     *
     * @param until others may take it on from then, should this one have ended
     */
    boolean claim(String task, String owner, Instant now, Instant until);
}
