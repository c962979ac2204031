package dev.chandlery.registry.cache;

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

/**
 * Records of which one process is the only server: it remembers what manifests it found. With several
 * servers nothing of the kind may be remembered, as each would have to learn of the others' changes.
 */
public final class CachedMetadata implements MetadataStore {
    private final MetadataStore records;
    private final CachedManifests manifests;
    private final CachedTags tags;
    private final Upkeep upkeep;

    /** Over these records, which are closed with it. */
    public CachedMetadata(MetadataStore records) {
        Generations generations = new Generations();
        this.records = records;
        this.manifests = new CachedManifests(records.manifests(), generations);
        this.tags = new CachedTags(records.tags(), generations);
        this.upkeep = new CachedUpkeep(records.upkeep(), generations);
    }

    /** How the memory of manifests does. */
    public CacheCount manifestCount() {
        return manifests.count();
    }

    @Override
    public BlobMembers blobs() {
        return records.blobs();
    }

    @Override
    public ManifestMembers manifests() {
        return manifests;
    }

    @Override
    public TagRecords tags() {
        return tags;
    }

    @Override
    public RepositoryRecords repositories() {
        return records.repositories();
    }

    @Override
    public SessionRecords sessions() {
        return records.sessions();
    }

    @Override
    public Upkeep upkeep() {
        return upkeep;
    }

    @Override
    public TokenRecords tokens() {
        return records.tokens();
    }

    @Override
    public SigningKeyRecords signingKeys() {
        return records.signingKeys();
    }

    @Override
    public RegistryFacts facts() {
        return records.facts();
    }

    @Override
    public void ifUnused(Digest digest, Runnable work) {
        records.ifUnused(digest, work);
    }

    @Override
    public void close() {
        records.close();
    }
}
