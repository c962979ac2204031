package dev.chandlery.registry.access;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.metadata.NameRange;
import java.util.List;

/** What is allowed, wherever that is written: in rules, in a token's scopes. Thread-safe. */
@FunctionalInterface
public interface Grants {
    /** Everything. */
    Grants ALL = (_, _) -> true;
    /** Nothing. */
    Grants NONE = new Grants() {
        @Override
        public boolean allow(RepositoryName repository, Action action) {
            return false;
        }

        @Override
        public List<NameRange> reach(Action action) {
            return List.of();
        }
    };

    /** Whether that may be done to the repository. */
    boolean allow(RepositoryName repository, Action action);

    /** Where all repositories are that {@link #allow} says yes to, and others too if need be. */
    default List<NameRange> reach(Action action) {
        return List.of(NameRange.ALL);
    }
}
