package dev.chandlery.registry.access;

import java.util.Set;

/**
 * Who may do what where.
 *
 * @param repositories where
 * @param who names of users, names of groups after {@code @}, {@link #ANYBODY}, or {@link #USERS}
 * @param actions what
 */
public record AccessRule(RepositoryPattern repositories, Set<String> who, Set<Action> actions) {
    /** Everybody, without credentials too. */
    public static final String ANYBODY = "anonymous";
    /** Everybody whose credentials are good. */
    public static final String USERS = "authenticated";

    public AccessRule {
        who = Set.copyOf(who);
        actions = Set.copyOf(actions);
    }

    boolean isFor(String user, Set<String> groups) {
        if (who.contains(ANYBODY)) {
            return true;
        }
        return !user.equals(Caller.ANONYMOUS) && (who.contains(USERS) || who.contains(user)
                || groups.stream().anyMatch(group -> who.contains("@" + group)));
    }
}
