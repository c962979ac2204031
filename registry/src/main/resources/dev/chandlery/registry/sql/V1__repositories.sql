-- Texts compare by bytes (SQLite's default); times are milliseconds since 1970 in UTC.

CREATE TABLE repository (
    name        TEXT   NOT NULL PRIMARY KEY,
    recorded_at BIGINT NOT NULL
);

-- Asked before any content is served, headed, mounted or named: content is shared, access is not.
CREATE TABLE membership (
    repository  TEXT   NOT NULL REFERENCES repository (name),
    digest      TEXT   NOT NULL,
    kind        TEXT   NOT NULL CHECK (kind IN ('BLOB', 'MANIFEST')),
    size        BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT   NOT NULL,
    PRIMARY KEY (repository, kind, digest)
);
CREATE INDEX membership_by_digest ON membership (digest, kind, repository);

CREATE TABLE manifest (
    repository    TEXT   NOT NULL REFERENCES repository (name),
    digest        TEXT   NOT NULL,
    media_type    TEXT   NOT NULL,
    size          BIGINT NOT NULL,
    artifact_type TEXT,
    subject       TEXT,
    annotations   TEXT   NOT NULL,
    PRIMARY KEY (repository, digest)
);
CREATE INDEX manifest_by_subject ON manifest (repository, subject, digest);

CREATE TABLE tag (
    repository  TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    digest      TEXT   NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT   NOT NULL,
    PRIMARY KEY (repository, name),
    FOREIGN KEY (repository, digest) REFERENCES manifest (repository, digest)
);
CREATE INDEX tag_by_digest ON tag (repository, digest);

CREATE TABLE upload_session (
    id         TEXT   NOT NULL PRIMARY KEY,
    repository TEXT   NOT NULL,
    touched_at BIGINT NOT NULL
);
CREATE INDEX upload_session_by_time ON upload_session (touched_at);
