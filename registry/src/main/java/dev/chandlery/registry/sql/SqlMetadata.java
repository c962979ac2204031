package dev.chandlery.registry.sql;

import dev.chandlery.oci.Digest;
import dev.chandlery.registry.metadata.BlobMembers;
import dev.chandlery.registry.metadata.ManifestMembers;
import dev.chandlery.registry.metadata.MetadataStore;
import dev.chandlery.registry.metadata.RegistryFacts;
import dev.chandlery.registry.metadata.RepositoryRecords;
import dev.chandlery.registry.metadata.SessionRecords;
import dev.chandlery.registry.metadata.SigningKeyRecords;
import dev.chandlery.registry.metadata.TagRecords;
import dev.chandlery.registry.metadata.TokenRecords;
import dev.chandlery.registry.metadata.Upkeep;

/** Metadata in a database, of whichever kind. */
record SqlMetadata(SqlDatabase database) implements MetadataStore {

    @Override
    public BlobMembers blobs() {
        return new SqlBlobMembers(database);
    }

    @Override
    public ManifestMembers manifests() {
        return new SqlManifestMembers(database);
    }

    @Override
    public TagRecords tags() {
        return new SqlTagRecords(database);
    }

    @Override
    public RepositoryRecords repositories() {
        return new SqlRepositoryRecords(database);
    }

    @Override
    public SessionRecords sessions() {
        return new SqlSessionRecords(database);
    }

    @Override
    public Upkeep upkeep() {
        return new SqlUpkeep(database);
    }

    @Override
    public TokenRecords tokens() {
        return new SqlTokenRecords(database);
    }

    @Override
    public SigningKeyRecords signingKeys() {
        return new SqlSigningKeyRecords(database);
    }

    @Override
    public RegistryFacts facts() {
        return new SqlRegistryFacts(database);
    }

    @Override
    public void ifUnused(Digest digest, Runnable work) {
        if (database.read(h -> MemberRow.isUsed(h, digest))) {
            return; // most content is, and asking this way keeps no recorder waiting
        }
        database.exclusive(digest, h -> {
            boolean used = MemberRow.isUsed(h, digest);
            if (!used) {
                work.run();
            }
            return used;
        });
    }

    @Override
    public void close() {
        database.close();
    }
}
