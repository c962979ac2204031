-- What each manifest names, so that what nobody names can be collected. Manifests pushed before this version
-- have indexed = 0 until their bytes were read again; nothing of their repositories is collected before that.
CREATE TABLE manifest_reference (
    repository TEXT NOT NULL,
    manifest   TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('BLOB', 'MANIFEST')),
    digest     TEXT NOT NULL,
    PRIMARY KEY (repository, manifest, kind, digest),
    FOREIGN KEY (repository, manifest) REFERENCES manifest (repository, digest) ON DELETE CASCADE
);
CREATE INDEX manifest_reference_by_digest ON manifest_reference (repository, kind, digest);

ALTER TABLE manifest ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0;

-- When a push last brought it, named it or found it present; the grace time of collection counts from here.
ALTER TABLE membership ADD COLUMN touched_at BIGINT NOT NULL DEFAULT 0;
UPDATE membership SET touched_at = recorded_at;
CREATE INDEX membership_by_touch ON membership (kind, touched_at);

-- A session belongs to who opened it; a node that writes to it holds a lease, in the database's own time.
ALTER TABLE upload_session ADD COLUMN opened_by TEXT NOT NULL DEFAULT 'anonymous';
ALTER TABLE upload_session ADD COLUMN lease_owner TEXT;
ALTER TABLE upload_session ADD COLUMN lease_until BIGINT NOT NULL DEFAULT 0;

-- Long-lived tokens; of the secret only its SHA-256 is kept.
CREATE TABLE access_token (
    id          TEXT    NOT NULL PRIMARY KEY,
    name        TEXT    NOT NULL,
    secret_hash TEXT    NOT NULL,
    scopes      TEXT    NOT NULL,
    read_only   INTEGER NOT NULL,
    created_at  BIGINT  NOT NULL,
    expires_at  BIGINT,
    revoked_at  BIGINT
);

-- Keys that sign the short-lived tokens; the newest signs, the others verify until what they signed expired.
CREATE TABLE signing_key (
    id          TEXT   NOT NULL PRIMARY KEY,
    private_key TEXT   NOT NULL,
    public_key  TEXT   NOT NULL,
    created_at  BIGINT NOT NULL
);
