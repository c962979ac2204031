package dev.chandlery.registry.metadata;

import dev.chandlery.oci.Digest;

/** The records, as collections and checks look at them: across repositories, in pages. */
public interface Upkeep {

    GarbageRecords garbage();

    HeldManifests manifests();

    CheckRecords checks();

    RepairRecords repairs();

    MaintenanceLeases leases();

    /** Counts everything; takes longer the more there is. */
    Holdings holdings();

    /**
     * Does the work while no member of that digest can be recorded, by whatever process; the work is
     * short and never waits for a client.
     */
    void locked(Digest digest, Runnable work);
}
