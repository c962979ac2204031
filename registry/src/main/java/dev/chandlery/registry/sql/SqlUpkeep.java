package dev.chandlery.registry.sql;

import dev.chandlery.oci.Digest;
import dev.chandlery.registry.metadata.CheckRecords;
import dev.chandlery.registry.metadata.GarbageRecords;
import dev.chandlery.registry.metadata.HeldManifests;
import dev.chandlery.registry.metadata.MaintenanceLeases;
import dev.chandlery.registry.metadata.RepairRecords;
import dev.chandlery.registry.metadata.Upkeep;

/** All tables, as collections and checks look at them. */
record SqlUpkeep(SqlDatabase database) implements Upkeep {

    @Override
    public GarbageRecords garbage() {
        return new SqlCollectBlobs(database);
    }

    @Override
    public HeldManifests manifests() {
        return new SqlCollectManifests(database);
    }

    @Override
    public CheckRecords checks() {
        return new SqlCollectChecks(database);
    }

    @Override
    public RepairRecords repairs() {
        return new SqlCollectRepairs(database);
    }

    @Override
    public MaintenanceLeases leases() {
        return new SqlMaintenanceLeases(database);
    }

    @Override
    public void locked(Digest digest, Runnable work) {
        database.exclusive(digest, h -> {
            work.run();
            return digest;
        });
    }
}
