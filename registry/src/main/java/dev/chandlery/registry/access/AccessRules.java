package dev.chandlery.registry.access;

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
        return new PatternGrants(rules.stream()
                .filter(rule -> rule.isFor(user, groups))
                .map(rule -> new PatternGrants.Part(rule.repositories(), rule.actions()))
                .toList());
    }

    /** Whether those without credentials may do anything anywhere. */
    boolean admitAnonymous() {
        return rules.stream().anyMatch(rule -> rule.who().contains(AccessRule.ANYBODY));
    }
}
