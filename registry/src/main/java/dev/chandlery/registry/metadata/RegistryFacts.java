package dev.chandlery.registry.metadata;

/** Facts about the whole registry, by name. */
public interface RegistryFacts {

    /** The value that was given first, by whatever process: this one's when there was none. */
    String agree(String name, String value);
}
