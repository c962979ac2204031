-- Parts of uploads where storage cannot append: each is an object of its own, here is which of them count.
CREATE TABLE upload_chunk (
    session_id TEXT COLLATE "C" NOT NULL REFERENCES upload_session (id) ON DELETE CASCADE,
    first_byte BIGINT           NOT NULL,
    size       BIGINT           NOT NULL,
    name       TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (session_id, first_byte)
);

-- Facts about the whole registry, such as which storage holds its bytes.
CREATE TABLE registry_fact (
    name  TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    value TEXT             NOT NULL
);
