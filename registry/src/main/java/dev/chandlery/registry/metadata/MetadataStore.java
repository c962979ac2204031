package dev.chandlery.registry.metadata;

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

    @Override
    void close();
}
