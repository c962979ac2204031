package dev.chandlery.registry.metadata;

/**
 * How much there is, over all repositories.
 *
 * @param repositories that something was ever pushed to
 * @param manifests memberships of manifests
 * @param blobs memberships of blobs
 * @param tags of all repositories
 * @param uploads sessions that are open
 * @param bytes of content, each digest counted once
 */
public record Holdings(long repositories, long manifests, long blobs, long tags, long uploads,
        long bytes) {}
