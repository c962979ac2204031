package dev.chandlery.registry.sql;

import dev.chandlery.registry.metadata.MaintenanceLeases;
import java.time.Instant;

/** The table {@code maintenance_lease}. */
record SqlMaintenanceLeases(SqlDatabase database) implements MaintenanceLeases {

    @Override
    public boolean claim(String task, String owner, Instant now, Instant until) {
        return database.write(h -> h.createUpdate("INSERT INTO maintenance_lease"
                + " (task, owner, lease_until) VALUES (:task, :owner, :until)"
                + " ON CONFLICT (task) DO UPDATE SET owner = excluded.owner,"
                + " lease_until = excluded.lease_until"
                + " WHERE maintenance_lease.owner = excluded.owner"
                + " OR maintenance_lease.lease_until <= :now")
                .bind("task", task)
                .bind("owner", owner)
                .bind("until", until.toEpochMilli())
                .bind("now", now.toEpochMilli())
                .execute()) > 0;
    }
}
