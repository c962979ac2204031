package dev.chandlery.registry.sql;

import dev.chandlery.registry.metadata.SessionLeases;
import java.time.Duration;

/**
 * The lease columns of the table {@code upload_session}. Only one process serves an SQLite file, so nobody
 * needs a lease there.
 */
record SqlSessionLeases(SqlDatabase database) implements SessionLeases {

    @Override
    public boolean acquire(String session, String owner, Duration time) {
        return switch (database.dialect()) {
            case SQLITE -> true;
            case POSTGRESQL -> database.writeSoon(h -> h.createUpdate("UPDATE upload_session"
                    + " SET lease_owner = :owner, lease_until = " + now() + " + :time"
                    + " WHERE id = :id AND (lease_until < " + now() + " OR lease_owner = :owner)")
                    .bind("owner", owner)
                    .bind("time", time.toMillis())
                    .bind("id", session)
                    .execute()) > 0;
        };
    }

    @Override
    public void release(String session, String owner) {
        switch (database.dialect()) {
            case SQLITE -> {
                return; // nothing was taken
            }
            case POSTGRESQL -> database.writeSoon(h -> h.createUpdate("UPDATE upload_session"
                    + " SET lease_until = 0 WHERE id = :id AND lease_owner = :owner")
                    .bind("id", session)
                    .bind("owner", owner)
                    .execute());
        }
    }

    private String now() {
        return database.dialect().now();
    }
}
