package dev.chandlery.registry.access;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.metadata.NameRange;
import java.util.List;
import java.util.Set;

/**
 * What patterns of names allow.
 *
 * @param parts what one of them allows is allowed
 */
record PatternGrants(List<Part> parts) implements Grants {

    /** Actions on the repositories of a pattern. */
    record Part(RepositoryPattern repositories, Set<Action> actions) {}

    @Override
    public boolean allow(RepositoryName repository, Action action) {
        for (Part part : parts) {
            if (part.actions.contains(action) && part.repositories.matches(repository)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<NameRange> reach(Action action) {
        return parts.stream()
                .filter(part -> part.actions.contains(action))
                .flatMap(part -> part.repositories.ranges().stream())
                .toList();
    }
}
