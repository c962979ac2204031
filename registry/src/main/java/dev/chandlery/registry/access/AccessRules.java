package dev.chandlery.registry.access;

import dev.chandlery.oci.RepositoryName;
import java.util.List;
import java.util.Set;

/**
 * All rules; what one of them allows is allowed, in whatever order they stand.
 *
 * @param rules none of them takes anything away
 */
public record AccessRules(List<AccessRule> rules) {
    /** Everybody with credentials may do everything, and nobody else anything. */
    public static final AccessRules USERS_ONLY = new AccessRules(List.of(new AccessRule(
            RepositoryPattern.ALL, Set.of(AccessRule.USERS), Set.of(Action.values()))));

    public AccessRules {
        rules = List.copyOf(rules);
    }

    /** What that user may do. */
    public Grants of(String user, Set<String> groups) {
        List<AccessRule> own = rules.stream().filter(rule -> rule.isFor(user, groups)).toList();
        return (repository, action) -> allow(own, repository, action);
    }

    private static boolean allow(List<AccessRule> own, RepositoryName repository,
            Action action) {
        for (AccessRule rule : own) {
            if (rule.actions().contains(action) && rule.repositories().matches(repository)) {
                return true;
            }
        }
        return false;
    }

    /** Whether those without credentials may do anything anywhere. */
    boolean admitAnonymous() {
        return rules.stream().anyMatch(rule -> rule.who().contains(AccessRule.ANYBODY));
    }
}
