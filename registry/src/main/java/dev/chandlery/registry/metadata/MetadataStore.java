package dev.chandlery.registry.metadata;

import dev.chandlery.oci.Digest;

/**
 * All that the registry knows besides bytes. What a method reports as done is durable when it returns;
 * each is one transaction. All throw {@link dev.chandlery.oci.StorageException} when the database fails.
 * Implementations are thread-safe.
 */
public interface MetadataStore extends AutoCloseable {

    BlobMembers blobs();

    ManifestMembers manifests();

    TagRecords tags();

    RepositoryRecords repositories();

    SessionRecords sessions();

    /** What collections and checks need, and no request asks for. */
    Upkeep upkeep();

    TokenRecords tokens();

    SigningKeyRecords signingKeys();

    RegistryFacts facts();

    /**
     * Does the work if the content is a member of no repository, and lets it become none while the work
     * goes on; the work is short and never waits for a client.
     */
    void ifUnused(Digest digest, Runnable work);

    @Override
    void close();
}
