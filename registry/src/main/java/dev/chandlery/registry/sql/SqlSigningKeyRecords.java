package dev.chandlery.registry.sql;

import dev.chandlery.registry.metadata.SigningKey;
import dev.chandlery.registry.metadata.SigningKeyRecords;
import java.time.Instant;
import java.util.List;

/** The table {@code signing_key}. */
record SqlSigningKeyRecords(SqlDatabase database) implements SigningKeyRecords {
    @Override
    public List<SigningKey> list() {
        return database.read(h -> h.createQuery("SELECT id, private_key, public_key, created_at"
                + " FROM signing_key ORDER BY created_at DESC, id")
                .map((row, _) -> new SigningKey(row.getString("id"), row.getString("private_key"),
                        row.getString("public_key"), Instant.ofEpochMilli(row.getLong(
                                "created_at"))))
                .list());
    }

    @Override
    public void addUnlessNewer(SigningKey key, Instant newerThan) {
        database.write(h -> h.createUpdate("INSERT INTO signing_key (id, private_key, public_key,"
                + " created_at) SELECT :id, :private, :public, :created WHERE NOT EXISTS"
                + " (SELECT 1 FROM signing_key WHERE created_at >= :newer)")
                .bind("id", key.id())
                .bind("private", key.privateKey())
                .bind("public", key.publicKey())
                .bind("created", key.created().toEpochMilli())
                .bind("newer", newerThan.toEpochMilli())
                .execute());
    }

    @Override
    public void removeOlder(Instant time) {
        database.write(h -> h.createUpdate("DELETE FROM signing_key WHERE created_at < :time")
                .bind("time", time.toEpochMilli())
                .execute());
    }
}
