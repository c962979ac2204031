package dev.chandlery.registry.observe;

/**
 * What a command changed beside the registry.
 *
 * @param actor who ran it
 * @param operation such as {@code delete-manifest}
 * @param repository where; empty when it is about none
 * @param target tags, or what else it is about; empty when there is nothing
 * @param digest of content; empty when it is about none
 */
public record CommandDeed(String actor, String operation, String repository, String target,
        String digest) {}
