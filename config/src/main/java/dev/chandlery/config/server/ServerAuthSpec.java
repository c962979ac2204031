package dev.chandlery.config.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who may use a server.
 *
 * @param htpasswd file of users, absolute; empty: users of plug-ins and tokens only
 * @param rules what one of them allows is allowed; at least one
 * @param metricsUsers names of users who may read metrics
 */
public record ServerAuthSpec(Optional<Path> htpasswd, List<Rule> rules,
        List<String> metricsUsers) {

    /** Every user everything, and nobody else anything. */
    static final Rule USERS_ONLY = new Rule("**", List.of("authenticated"),
            List.of(Action.values()));

    /** What is done to a repository. */
    public enum Action {
        PULL,
        PUSH,
        DELETE
    }

    /**
     * Who may do what where.
     *
     * @param repositories glob: {@code *} is any text within a component, {@code **} across them
     * @param who users, groups after {@code @}, {@code authenticated} or {@code anonymous}; not empty
     * @param allow what; not empty
     */
    public record Rule(String repositories, List<String> who, List<Action> allow) {
        public Rule {
            who = List.copyOf(who);
            allow = List.copyOf(allow);
        }
    }

    public ServerAuthSpec {
        rules = List.copyOf(rules);
        metricsUsers = List.copyOf(metricsUsers);
    }
}
