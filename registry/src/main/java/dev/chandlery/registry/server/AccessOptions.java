package dev.chandlery.registry.server;

import dev.chandlery.registry.access.AccessRules;
import dev.chandlery.registry.access.UserDirectory;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may use a registry. */
public sealed interface AccessOptions {

    /** Everybody on this machine, and only who really speaks to this machine. */
    record OpenToLoopback() implements AccessOptions {}

    /** Everybody who can connect. */
    record OpenToAll() implements AccessOptions {}

    /**
     * Those whom rules allow it.
     *
     * @param rules what users, tokens' owners and nobody in particular may do
     * @param directories of users, asked in turn
     * @param metricsReaders names of users who may read metrics
     * @param publicUrl how clients reach the registry; empty for what each request was sent to
     */
    record Guarded(AccessRules rules, List<UserDirectory> directories, Set<String> metricsReaders,
            Optional<URI> publicUrl) implements AccessOptions {
        public Guarded {
            directories = List.copyOf(directories);
            metricsReaders = Set.copyOf(metricsReaders);
        }
    }
}
