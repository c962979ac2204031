-- Work that one process at a time does for all that share the storage; times are milliseconds since 1970 in UTC.
CREATE TABLE maintenance_lease (
    task        TEXT   NOT NULL PRIMARY KEY,
    owner       TEXT   NOT NULL,
    lease_until BIGINT NOT NULL
);
