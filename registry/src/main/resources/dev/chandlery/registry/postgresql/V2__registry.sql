-- The same tables as the SQLite files beside it have after their version 2.
-- Texts compare by bytes, as lists are in that order; times are milliseconds since 1970 in UTC.

CREATE TABLE repository (
    name        TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    recorded_at BIGINT           NOT NULL
);

-- Asked before any content is served, headed, mounted or named: content is shared, access is not.
-- touched_at: when a push last brought it, named it or found it present; the grace time of collection
-- counts from here.
CREATE TABLE membership (
    repository  TEXT COLLATE "C" NOT NULL REFERENCES repository (name),
    digest      TEXT COLLATE "C" NOT NULL,
    kind        TEXT COLLATE "C" NOT NULL CHECK (kind IN ('BLOB', 'MANIFEST')),
    size        BIGINT           NOT NULL,
    recorded_at BIGINT           NOT NULL,
    recorded_by TEXT             NOT NULL,
    touched_at  BIGINT           NOT NULL DEFAULT 0,
    PRIMARY KEY (repository, kind, digest)
);
CREATE INDEX membership_by_digest ON membership (digest, kind, repository);
CREATE INDEX membership_by_touch ON membership (kind, touched_at);

CREATE TABLE manifest (
    repository    TEXT COLLATE "C" NOT NULL REFERENCES repository (name),
    digest        TEXT COLLATE "C" NOT NULL,
    media_type    TEXT COLLATE "C" NOT NULL,
    size          BIGINT           NOT NULL,
    artifact_type TEXT COLLATE "C",
    subject       TEXT COLLATE "C",
    annotations   TEXT             NOT NULL,
    indexed       INTEGER          NOT NULL DEFAULT 0,
    PRIMARY KEY (repository, digest)
);
CREATE INDEX manifest_by_subject ON manifest (repository, subject, digest);

-- What each manifest names, so that what nobody names can be collected.
CREATE TABLE manifest_reference (
    repository TEXT COLLATE "C" NOT NULL,
    manifest   TEXT COLLATE "C" NOT NULL,
    kind       TEXT COLLATE "C" NOT NULL CHECK (kind IN ('BLOB', 'MANIFEST')),
    digest     TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (repository, manifest, kind, digest),
    FOREIGN KEY (repository, manifest) REFERENCES manifest (repository, digest) ON DELETE CASCADE
);
CREATE INDEX manifest_reference_by_digest ON manifest_reference (repository, kind, digest);

CREATE TABLE tag (
    repository  TEXT COLLATE "C" NOT NULL,
    name        TEXT COLLATE "C" NOT NULL,
    digest      TEXT COLLATE "C" NOT NULL,
    recorded_at BIGINT           NOT NULL,
    recorded_by TEXT             NOT NULL,
    PRIMARY KEY (repository, name),
    FOREIGN KEY (repository, digest) REFERENCES manifest (repository, digest)
);
CREATE INDEX tag_by_digest ON tag (repository, digest);

-- A session belongs to who opened it; a node that writes to it holds a lease, in the database's own time.
CREATE TABLE upload_session (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    repository  TEXT COLLATE "C" NOT NULL,
    touched_at  BIGINT           NOT NULL,
    opened_by   TEXT COLLATE "C" NOT NULL DEFAULT 'anonymous',
    lease_owner TEXT COLLATE "C",
    lease_until BIGINT           NOT NULL DEFAULT 0
);
CREATE INDEX upload_session_by_time ON upload_session (touched_at);

-- Long-lived tokens; of the secret only its SHA-256 is kept.
CREATE TABLE access_token (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name        TEXT             NOT NULL,
    secret_hash TEXT COLLATE "C" NOT NULL,
    scopes      TEXT             NOT NULL,
    read_only   INTEGER          NOT NULL,
    created_at  BIGINT           NOT NULL,
    expires_at  BIGINT,
    revoked_at  BIGINT
);

-- Keys that sign the short-lived tokens; the newest signs, the others verify until what they signed expired.
CREATE TABLE signing_key (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    private_key TEXT             NOT NULL,
    public_key  TEXT             NOT NULL,
    created_at  BIGINT           NOT NULL
);
