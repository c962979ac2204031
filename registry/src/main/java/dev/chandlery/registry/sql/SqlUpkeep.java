package dev.chandlery.registry.sql;

import dev.chandlery.oci.Digest;
import dev.chandlery.registry.metadata.CheckRecords;
import dev.chandlery.registry.metadata.GarbageRecords;
import dev.chandlery.registry.metadata.HeldManifests;
import dev.chandlery.registry.metadata.Holdings;
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
    public Holdings holdings() {
        String sql = "SELECT (SELECT COUNT(*) FROM repository) AS repositories,"
                + " (SELECT COUNT(*) FROM manifest) AS manifests,"
                + " (SELECT COUNT(*) FROM membership WHERE kind = 'BLOB') AS blobs,"
                + " (SELECT COUNT(*) FROM tag) AS tags,"
                + " (SELECT COUNT(*) FROM upload_session) AS uploads,"
                + " (SELECT COALESCE(SUM(size), 0) FROM"
                + " (SELECT MAX(size) AS size FROM membership GROUP BY digest) content) AS bytes";
        return database.read(h -> h.createQuery(sql)
                .map((row, _) -> new Holdings(row.getLong("repositories"), row.getLong(
                        "manifests"), row.getLong("blobs"), row.getLong("tags"), row.getLong(
                                "uploads"), row.getLong("bytes")))
                .one());
    }

    @Override
    public void locked(Digest digest, Runnable work) {
        database.exclusive(digest, h -> {
            work.run();
            return digest;
        });
    }
}
