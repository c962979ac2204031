-- Work that one process at a time does for all that share the storage; times are milliseconds since 1970 in UTC.
CREATE TABLE maintenance_lease (
    task        TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner       TEXT COLLATE "C" NOT NULL,
    lease_until BIGINT           NOT NULL
);
