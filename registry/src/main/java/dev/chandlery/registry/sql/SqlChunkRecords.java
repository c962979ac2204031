package dev.chandlery.registry.sql;

import dev.chandlery.registry.metadata.ChunkRecords;
import dev.chandlery.registry.metadata.StagedChunk;
import java.util.List;

/** The table {@code upload_chunk}; its key lets one part win where two come at the same offset. */
record SqlChunkRecords(SqlDatabase database) implements ChunkRecords {

    @Override
    public List<StagedChunk> list(String session) {
        return database.read(h -> h.createQuery("SELECT first_byte, size, name FROM upload_chunk"
                + " WHERE session_id = :id ORDER BY first_byte")
                .bind("id", session)
                .map((row, _) -> new StagedChunk(row.getLong("first_byte"), row.getLong("size"), row
                        .getString("name")))
                .list());
    }

    @Override
    public boolean add(String session, StagedChunk chunk) {
        return database.write(h -> h.createUpdate(
                "INSERT INTO upload_chunk (session_id, first_byte, size, name)"
                        + " SELECT id, :begin, :size, :name FROM upload_session WHERE id = :id"
                        + " AND :begin = (SELECT COALESCE(SUM(size), 0) FROM upload_chunk"
                        + " WHERE session_id = :id)"
                        + " ON CONFLICT (session_id, first_byte) DO NOTHING")
                .bind("begin", chunk.begin())
                .bind("size", chunk.size())
                .bind("name", chunk.name())
                .bind("id", session)
                .execute()) > 0;
    }

    @Override
    public void remove(String session, StagedChunk chunk) {
        database.write(h -> h.createUpdate("DELETE FROM upload_chunk WHERE session_id = :id"
                + " AND first_byte = :begin AND name = :name")
                .bind("id", session)
                .bind("begin", chunk.begin())
                .bind("name", chunk.name())
                .execute());
    }
}
