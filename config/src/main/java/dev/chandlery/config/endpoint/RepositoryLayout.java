package dev.chandlery.config.endpoint;

/** How versions and platforms of a tool become repositories and tags. */
public enum RepositoryLayout {
    /** {@code tools/protoc:v31.1} and {@code tools/protoc:v31.1-linux-x86_64}. */
    TAGS,
    /** {@code tools/protoc/v31.1-linux-x86_64:latest}. */
    NESTED
}
