package dev.chandlery.registry.limit;

import dev.chandlery.registry.access.RepositoryPattern;

/**
 * How much a repository may hold.
 *
 * @param repositories each of them
 * @param maxBytes of its blobs and manifests together, each counted once
 */
public record Quota(RepositoryPattern repositories, long maxBytes) {}
