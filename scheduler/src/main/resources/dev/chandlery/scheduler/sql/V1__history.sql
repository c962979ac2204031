-- Times are milliseconds since 1970-01-01T00:00Z.
CREATE TABLE run (
    id VARCHAR(64) PRIMARY KEY,
    job VARCHAR(200) NOT NULL,
    scheduled BIGINT NOT NULL,
    started BIGINT NOT NULL,
    ended BIGINT,
    node VARCHAR(200) NOT NULL,
    attempt INTEGER NOT NULL,
    result VARCHAR(32) NOT NULL,
    summary TEXT NOT NULL
);
CREATE INDEX run_by_job ON run (job, scheduled);
CREATE INDEX run_by_start ON run (started);

CREATE TABLE incident (
    id BIGINT PRIMARY KEY,
    kind VARCHAR(32) NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    opened BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    resolved BIGINT
);
CREATE INDEX incident_by_start ON incident (opened);

-- One row: who changes incidents changes it first, and so has the others wait.
CREATE TABLE incident_lock (held BIGINT NOT NULL);
INSERT INTO incident_lock (held) VALUES (0);

-- What channels of alerts were told of late, to keep within their limits.
CREATE TABLE delivery (
    channel VARCHAR(64) NOT NULL,
    delivered BIGINT NOT NULL
);
CREATE INDEX delivery_by_time ON delivery (channel, delivered);

-- What a channel still has to be told.
CREATE TABLE pending_alert (
    channel VARCHAR(64) NOT NULL,
    incident BIGINT NOT NULL,
    resolved INTEGER NOT NULL,
    noted BIGINT NOT NULL,
    PRIMARY KEY (channel, incident, resolved)
);
