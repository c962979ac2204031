package dev.chandlery.registry.sql;

import dev.chandlery.oci.RepositoryName;
import org.jdbi.v3.core.Handle;

/** Where the databases differ; all other statements are the same for both. */
enum Dialect {
    /** One process, one writer at a time. */
    SQLITE("classpath:dev/chandlery/registry/sql",
            "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"),

    /** Any number of processes that write side by side. */
    POSTGRESQL("classpath:dev/chandlery/registry/postgresql",
            "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)");

    private final String migrations;
    private final String now;

    Dialect(String migrations, String now) {
        this.migrations = migrations;
        this.now = now;
    }

    /** Where Flyway finds the schema. */
    String migrations() {
        return migrations;
    }

    /** Expression for the database's own time, in milliseconds since 1970: nodes' clocks may differ. */
    String now() {
        return now;
    }

    /**
     * Keeps others from changing tags and manifests of the repository until the transaction ends; false
     * when there is no such repository yet, and nothing is locked.
     */
    boolean lockRepository(Handle handle, RepositoryName repository) {
        return switch (this) {
            case SQLITE -> true;
            case POSTGRESQL -> handle.createQuery(
                    "SELECT 1 FROM repository WHERE name = :name FOR NO KEY UPDATE")
                    .bind("name", repository.value())
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent();
        };
    }
}
